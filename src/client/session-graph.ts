/** Sessions that a session waits for, and those that wait for it (SES-C07, SES-C03). */
import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { can } from './capabilities';
import { defineOperation, gql, vars } from './transport';

export interface RelatedSession {
  id: string;
  name: string;
  status: string;
  /** Its own relations in the same direction, as far as they were asked for. */
  next: RelatedSession[];
}

export interface SessionGraph {
  dependees: RelatedSession[];
  /** [] where the manager can't tell them (24.03, 24.09). */
  dependents: RelatedSession[];
}

const text = z.nullable(z.string());

interface RawNode {
  row_id: string | null;
  name: string | null;
  status: string | null;
  dependees?: RawConnection | null;
  dependents?: RawConnection | null;
}
interface RawConnection {
  edges: ({ node: RawNode | null } | null)[];
}

const own = { row_id: text, name: text, status: text };
type Side = 'dependees' | 'dependents';

/** How far a chain is followed; each session leads on to its own panel. */
const DEPTH = 3;

const connectionOf = (node: z.core.$ZodType<RawNode>): z.core.$ZodType<RawConnection> =>
  z.object({ edges: z.array(z.nullable(z.object({ node: z.nullable(node) }))) });

/** Written out level by level, so that the contract check sees every field. */
function nodeSchema(side: Side, depth: number): z.core.$ZodType<RawNode> {
  return depth === 0 ? z.object(own) : z.object({ ...own, [side]: z.nullable(connectionOf(nodeSchema(side, depth - 1))) });
}

/** Nested connections are asked for without arguments (SES-C03). */
function fieldsOf(side: Side, depth: number): string {
  return `${side} { edges { node { row_id name status ${depth > 1 ? fieldsOf(side, depth - 1) : ''} } } }`;
}

const graphOperation = defineOperation({
  name: 'SessionGraph',
  kind: 'query',
  since: 'sessionNodes',
  document: `query SessionGraph($id: GlobalIDField!) {
    session: compute_session_node(id: $id) { ${fieldsOf('dependees', DEPTH)} ${fieldsOf('dependents', DEPTH)} }
  }`,
  data: z.object({
    session: z.nullable(
      z.object({
        dependees: z.nullable(connectionOf(nodeSchema('dependees', DEPTH - 1))),
        dependents: z.nullable(connectionOf(nodeSchema('dependents', DEPTH - 1))),
      }),
    ),
  }),
  variables: vars<{ id: string }>(),
});

interface OlderNode {
  session_id: string | null;
  name: string | null;
  status: string | null;
  dependencies?: (OlderNode | null)[] | null;
}
const olderOwn = { session_id: text, name: text, status: text };
const olderNode = (depth: number): z.core.$ZodType<OlderNode> =>
  depth === 0 ? z.object(olderOwn) : z.object({ ...olderOwn, dependencies: z.nullable(z.array(z.nullable(olderNode(depth - 1)))) });
const olderFields = (depth: number): string =>
  `dependencies { session_id name status ${depth > 1 ? olderFields(depth - 1) : ''} }`;

const olderGraphOperation = defineOperation({
  name: 'OlderSessionGraph',
  kind: 'query',
  document: `query OlderSessionGraph($id: UUID!) { session: compute_session(id: $id) { ${olderFields(DEPTH)} } }`,
  data: z.object({ session: z.nullable(z.object({ dependencies: z.nullable(z.array(z.nullable(olderNode(DEPTH - 1)))) })) }),
  variables: vars<{ id: string }>(),
});

/** A chain that comes back to where it began is cut there. */
function related(side: Side, connection: RawConnection | null | undefined, seen: ReadonlySet<string>): RelatedSession[] {
  return (connection?.edges ?? []).flatMap((edge) => {
    const node = edge?.node;
    if (!node?.row_id || seen.has(node.row_id)) return [];
    const next = related(side, node[side], new Set([...seen, node.row_id]));
    return [{ id: node.row_id, name: node.name ?? node.row_id, status: node.status ?? '', next }];
  });
}

function olderRelated(items: (OlderNode | null)[] | null | undefined, seen: ReadonlySet<string>): RelatedSession[] {
  return (items ?? []).flatMap((node) => {
    if (!node?.session_id || seen.has(node.session_id)) return [];
    const next = olderRelated(node.dependencies, new Set([...seen, node.session_id]));
    return [{ id: node.session_id, name: node.name ?? node.session_id, status: node.status ?? '', next }];
  });
}

async function fetchGraph(id: string, signal: AbortSignal): Promise<SessionGraph> {
  const seen = new Set([id]);
  if (!can('sessionNodes')) {
    const { session } = await gql(olderGraphOperation, { id }, { signal });
    return { dependees: olderRelated(session?.dependencies, seen), dependents: [] };
  }
  const { session } = await gql(graphOperation, { id: btoa(`ComputeSessionNode:${id}`) }, { signal });
  return {
    dependees: related('dependees', session?.dependees, seen),
    dependents: related('dependents', session?.dependents, seen),
  };
}

export const sessionGraphQueries = {
  of: (id: string) =>
    queryOptions({
      queryKey: ['sessions', 'graph', id],
      queryFn: ({ signal }) => fetchGraph(id, signal),
      staleTime: 30_000,
    }),
};

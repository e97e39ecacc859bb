import type { DefinitionNode, DocumentNode, FieldDefinitionNode, GraphQLSchema, ObjectTypeDefinitionNode } from 'graphql';
import { buildASTSchema, GraphQLScalarType, Kind, parse, print, valueFromASTUntyped, visit } from 'graphql';
import { pythonJson } from '../../cluster/slots';
import { hasSince } from '../versions';
import { accountSdl } from './sdl/account';
import { commonSdl } from './sdl/common';
import { folderSdl } from './sdl/folder';
import { resourceSdl } from './sdl/resource';
import { sessionSdl } from './sdl/session';

const SDL = [commonSdl, accountSdl, sessionSdl, resourceSdl, folderSdl];

type Gated = { directives?: readonly { name: { value: string }; arguments?: readonly { value: unknown }[] }[] };

function isNewer(node: Gated, version: string): boolean {
  const gate = node.directives?.find((directive) => directive.name.value === 'since');
  const value = gate?.arguments?.[0]?.value as { kind: string; value: string } | undefined;
  return value !== undefined && !hasSince(version, value.value);
}

/** Leaves out what is newer than the manager, and the gates themselves. */
function gate(document: DocumentNode, version: string): DocumentNode {
  const drop = (node: Gated): null | undefined => (isNewer(node, version) ? null : undefined);
  return visit(document, {
    ScalarTypeDefinition: drop,
    EnumTypeDefinition: drop,
    InputObjectTypeDefinition: drop,
    ObjectTypeDefinition: drop,
    FieldDefinition: drop,
    InputValueDefinition: drop,
    Directive: (node) => (node.name.value === 'since' ? null : undefined),
  });
}

/** One `Query` and one `Mutation` out of the parts that each file adds. */
function gatherRoots(document: DocumentNode): DocumentNode {
  const roots = new Map<string, FieldDefinitionNode[]>();
  const rest: DefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_EXTENSION) {
      roots.set(definition.name.value, [...(roots.get(definition.name.value) ?? []), ...(definition.fields ?? [])]);
    } else {
      rest.push(definition);
    }
  }
  const types = [...roots]
    .filter(([, fields]) => fields.length > 0)
    .map(([name, fields]): ObjectTypeDefinitionNode => ({ kind: Kind.OBJECT_TYPE_DEFINITION, name: { kind: Kind.NAME, value: name }, fields }));
  return { kind: Kind.DOCUMENT, definitions: [...rest, ...types] };
}

function documentFor(version: string): DocumentNode {
  return gatherRoots(gate(parse(SDL.join('\n')), version));
}

/** The simulation's SDL at a manager's version, as text. */
export function sdlFor(version: string): string {
  return print(documentFor(version));
}

/** `Type:<uuid>` in base64, a UUID or any text → the id alone. */
export function globalId(value: string): string {
  try {
    const match = /^[A-Za-z]+:(.+)$/.exec(atob(value));
    if (match?.[1] !== undefined) return match[1];
  } catch {
    // Not base64: a bare id, which the manager takes as well.
  }
  return value;
}

export function toGlobalId(type: string, id: string): string {
  return btoa(`${type}:${id}`);
}

const UUID_TEXT = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

function dashed(value: string): string {
  const hex = value.replaceAll('-', '').toLowerCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function stringInput(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`Expected a text, found ${JSON.stringify(value)}`);
  return value;
}

const scalars: Record<string, Partial<Pick<GraphQLScalarType, 'serialize' | 'parseValue'>>> = {
  JSONString: {
    serialize: (value) => (typeof value === 'string' ? value : pythonJson(value)),
    parseValue: (value) => JSON.parse(stringInput(value)) as unknown,
  },
  UUID: {
    parseValue: (value) => {
      const text = stringInput(value);
      if (!UUID_TEXT.test(text)) throw new TypeError('badly formed hexadecimal UUID string');
      return dashed(text);
    },
  },
  GlobalIDField: { parseValue: (value) => globalId(stringInput(value)) },
  ScopeField: {
    parseValue: (value) => {
      const text = stringInput(value);
      const [kind, id = ''] = text.split(/:(.*)/s);
      if (!['system', 'domain', 'project', 'user'].includes(kind ?? '') || (kind !== 'system' && id === '')) {
        throw new TypeError(`Invalid scope: ${text}`);
      }
      return { kind, id };
    },
  },
};

const schemas = new Map<string, GraphQLSchema>();

/** The executable schema of a manager's version. */
export function schemaFor(version: string): GraphQLSchema {
  const known = schemas.get(version);
  if (known) return known;
  const schema = buildASTSchema(documentFor(version));
  for (const [name, methods] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (!(type instanceof GraphQLScalarType)) continue;
    Object.assign(type, methods);
    type.parseLiteral = (node, variables) => type.parseValue(valueFromASTUntyped(node, variables));
  }
  schemas.set(version, schema);
  return schema;
}

import { getNamedType, isEnumType, isLeafType, isListType, isNonNullType, Kind, parse } from 'graphql';
import type {
  FieldNode,
  GraphQLLeafType,
  GraphQLOutputType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import type { Schema } from '../../src/client/transport';
import { judge } from './findings';
import type { Finding } from './findings';
import { documentsOf } from './versions';
import type { AnyOperation } from './versions';
import { core, elementOf, shapeOf, takes, takesAnything } from './zod-walk';

/** Values that the manager may send for a scalar; a schema that refuses one of them is too narrow. */
const samples: Record<string, unknown[]> = {
  String: ['', 'text', 'A value nobody foresaw'],
  ID: ['x'],
  Int: [0, 3, -1],
  Float: [0, 0.5],
  BigInt: [0, 2 ** 40],
  Boolean: [true, false],
  UUID: ['11e9d0c2-2cbd-4d9d-afba-af9d017d1c5b'],
  DateTime: ['2026-11-22T00:30:37.574051+00:00'],
};

/** Of a JSON text one of these has to do: what it holds is not described. */
const jsonSamples = ['{}', '[]'];

interface Walk {
  schema: GraphQLSchema;
  version: string;
  complaints: string[];
  /** Paths that some document asks for. */
  asked: Set<string>;
}

function checkLeaf(type: GraphQLLeafType, result: Schema<unknown>, path: string, walk: Walk): void {
  if (isEnumType(type)) {
    for (const { value } of type.getValues()) {
      if (!takes(result, value)) walk.complaints.push(`${path}: the value ${String(value)} of ${type.name} is refused`);
    }
    return;
  }
  if (type.name === 'JSONString') {
    if (!jsonSamples.some((sample) => takes(result, sample))) walk.complaints.push(`${path}: JSON text is refused`);
    return;
  }
  const refused = (samples[type.name] ?? ['text']).filter((sample) => !takes(result, sample));
  if (refused.length > 0) walk.complaints.push(`${path}: ${type.name} may be ${JSON.stringify(refused[0])}, which is refused`);
}

function checkType(type: GraphQLOutputType, result: Schema<unknown>, node: FieldNode, path: string, walk: Walk): void {
  if (takesAnything(result)) return;
  if (isNonNullType(type)) {
    checkType(type.ofType as GraphQLOutputType, result, node, path, walk);
    return;
  }
  if (isListType(type)) {
    const element = elementOf(result);
    if (!element) walk.complaints.push(`${path}: a list in the schema, ${core(result).definition.type} here`);
    else checkNullable(type.ofType as GraphQLOutputType, element, node, `${path}[]`, walk);
    return;
  }
  if (isLeafType(type)) {
    checkLeaf(type, result, path, walk);
    return;
  }
  if (!node.selectionSet) return;
  if (!shapeOf(result)) walk.complaints.push(`${path}: an object in the schema, ${core(result).definition.type} here`);
  else checkSelection(type, result, node.selectionSet, path, walk);
}

function checkNullable(type: GraphQLOutputType, result: Schema<unknown>, node: FieldNode, path: string, walk: Walk): void {
  if (!isNonNullType(type) && !takes(result, null)) walk.complaints.push(`${path}: may be null, which is refused`);
  checkType(type, result, node, path, walk);
}

function checkSelection(
  type: GraphQLOutputType,
  result: Schema<unknown>,
  selections: SelectionSetNode,
  path: string,
  walk: Walk,
): void {
  const shape = shapeOf(result) ?? {};
  const named = getNamedType(type);
  const fields = 'getFields' in named ? named.getFields() : {};
  const present = new Set<string>();
  for (const node of selections.selections) {
    if (node.kind !== Kind.FIELD) {
      walk.complaints.push(`${path}: write fields out instead of fragments, so that they can be checked`);
      continue;
    }
    const key = node.alias?.value ?? node.name.value;
    const at = path === '' ? key : `${path}.${key}`;
    walk.asked.add(at);
    const field = fields[node.name.value];
    const inner = shape[key];
    if (!field) continue;
    if (!inner) {
      walk.complaints.push(`${at}: asked for and never read`);
      continue;
    }
    const optional = (node.directives ?? []).some((directive) => ['include', 'skip'].includes(directive.name.value));
    if (!optional) present.add(key);
    checkNullable(field.type, inner, node, at, walk);
  }
  for (const [key, inner] of Object.entries(shape)) {
    if (present.has(key) || takes(inner, undefined)) continue;
    walk.complaints.push(`${path === '' ? key : `${path}.${key}`}: not asked for at ${walk.version}, but must be there`);
  }
}

/** Paths of all object fields in the schema, to find those that no document asks for. */
function readPaths(result: Schema<unknown>, path = ''): string[] {
  const element = elementOf(result);
  if (element) return readPaths(element, `${path}[]`);
  return Object.entries(shapeOf(result) ?? {}).flatMap(([key, inner]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return [at, ...readPaths(inner, at)];
  });
}

/** What the client reads fits what the manager promises: nullable where it is, lists and kinds alike, enums not narrower. */
export function checkResults(operations: readonly AnyOperation[], schema: GraphQLSchema): Finding[] {
  return operations.flatMap((operation) => {
    // Its types are in no official description.
    if (operation.endpoint === 'strawberry') return [];
    const complaints: string[] = [];
    const asked = new Set<string>();
    for (const { version, text } of documentsOf(operation)) {
      const definition = parse(text).definitions.find(
        (found): found is OperationDefinitionNode => found.kind === Kind.OPERATION_DEFINITION,
      );
      const root = definition && schema.getRootType(definition.operation);
      if (!definition || !root) continue;
      if (!shapeOf(operation.data)) complaints.push('the schema of the answer is no object');
      checkSelection(root, operation.data, definition.selectionSet, '', { schema, version, complaints, asked });
    }
    for (const path of readPaths(operation.data)) {
      if (!asked.has(path)) complaints.push(`${path}: read, but no document asks for it`);
    }
    return judge('results', operation.name, complaints);
  });
}

import { buildSchema, getNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLArgument, GraphQLNamedType, GraphQLSchema, GraphQLType } from 'graphql';
import { judge } from './findings';
import type { Finding } from './findings';
import { isNewer } from './versions';

interface Compare {
  version: string;
  complaints: string[];
}

function kindName(type: GraphQLNamedType): string {
  return type.constructor.name;
}

function checkArguments(mine: readonly GraphQLArgument[], theirs: readonly GraphQLArgument[], at: string, run: Compare): void {
  for (const argument of mine) {
    const official = theirs.find((other) => other.name === argument.name);
    const name = `${at}(${argument.name})`;
    if (!official) run.complaints.push(`${name} does not exist`);
    else {
      if (String(official.type) !== String(argument.type)) {
        run.complaints.push(`${name} is ${String(official.type)}, not ${String(argument.type)}`);
      }
      if (isNewer(official.description, run.version)) run.complaints.push(`${name} is not yet known to ${run.version}`);
    }
  }
  for (const official of theirs) {
    const required = String(official.type).endsWith('!') && official.defaultValue === undefined;
    if (required && !mine.some((argument) => argument.name === official.name)) {
      run.complaints.push(`${at}(${official.name}) is required and missing`);
    }
  }
}

function checkFields(mine: GraphQLNamedType, theirs: GraphQLNamedType, run: Compare): void {
  if (!('getFields' in mine) || !('getFields' in theirs)) return;
  const official = theirs.getFields();
  for (const [name, field] of Object.entries(mine.getFields())) {
    const at = `${mine.name}.${name}`;
    const other = official[name];
    if (!other) {
      run.complaints.push(`${at} does not exist`);
      continue;
    }
    if (String(other.type) !== String(field.type)) run.complaints.push(`${at} is ${String(other.type)}, not ${String(field.type)}`);
    if (isNewer(other.description, run.version)) run.complaints.push(`${at} is not yet known to ${run.version}`);
    if ('args' in field && 'args' in other) checkArguments(field.args, other.args, at, run);
  }
}

function checkNamedType(mine: GraphQLNamedType, theirs: GraphQLNamedType | undefined, run: Compare): void {
  if (!theirs) {
    run.complaints.push(`type ${mine.name} does not exist`);
    return;
  }
  if (kindName(mine) !== kindName(theirs)) {
    run.complaints.push(`${mine.name} is ${kindName(theirs)}, not ${kindName(mine)}`);
    return;
  }
  if (isNewer(theirs.description, run.version)) run.complaints.push(`type ${mine.name} is not yet known to ${run.version}`);
  if (isEnumType(mine) && isEnumType(theirs)) {
    const known = theirs.getValues().map(({ name }) => name);
    for (const { name } of mine.getValues()) if (!known.includes(name)) run.complaints.push(`${mine.name}.${name} does not exist`);
  }
  if (isObjectType(mine) || isInterfaceType(mine) || isInputObjectType(mine)) checkFields(mine, theirs, run);
  if (isObjectType(mine) && isObjectType(theirs)) {
    const known = theirs.getInterfaces().map(({ name }) => name);
    for (const { name } of mine.getInterfaces()) if (!known.includes(name)) run.complaints.push(`${mine.name} is no ${name}`);
  }
}

/** The types that the roots lead to: what nothing refers to is no part of what is answered. */
function reachable(schema: GraphQLSchema): GraphQLNamedType[] {
  const found = new Set<GraphQLNamedType>();
  const visit = (type: GraphQLNamedType | null | undefined) => {
    if (!type || found.has(type) || type.name.startsWith('__')) return;
    found.add(type);
    if ('getInterfaces' in type) type.getInterfaces().forEach(visit);
    if (!('getFields' in type)) return;
    for (const field of Object.values(type.getFields())) {
      visit(getNamedType(field.type as GraphQLType));
      if ('args' in field) for (const argument of field.args) visit(getNamedType(argument.type as GraphQLType));
    }
  };
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].forEach(visit);
  return [...found];
}

/** The simulation's schema at the version is a true part of the official one. */
export function checkSimulatedSchema(sdl: string, schema: GraphQLSchema, version: string): Finding[] {
  const run: Compare = { version, complaints: [] };
  const simulated = buildSchema(sdl, { assumeValidSDL: true });
  const types = reachable(simulated);
  for (const type of types) checkNamedType(type, schema.getType(type.name), run);
  return judge('simulated-schema', `${version}: ${types.length} types`, run.complaints);
}

import { getNamedType, parse, TypeInfo, validate, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { aside, judge } from './findings';
import type { Finding } from './findings';
import { documentAt, managerVersions, isNewer } from './versions';
import type { AnyOperation } from './versions';

/** Names of fields, arguments and types in the document that are newer than the manager it is sent to. */
function newerParts(schema: GraphQLSchema, document: DocumentNode, version: string): string[] {
  const found: string[] = [];
  const info = new TypeInfo(schema);
  const note = (description: string | null | undefined, name: string) => {
    if (isNewer(description, version)) found.push(`${name} is not yet known to ${version}`);
  };
  visit(
    document,
    visitWithTypeInfo(info, {
      Field() {
        const field = info.getFieldDef();
        const parent = info.getParentType();
        if (!field || !parent) return;
        note(field.description, `${parent.name}.${field.name}`);
        note(getNamedType(field.type).description, `type ${getNamedType(field.type).name}`);
      },
      Argument(node) {
        const argument = info.getArgument();
        if (argument) note(argument.description, `argument ${node.name.value}`);
      },
      ObjectField(node) {
        const input = getNamedType(info.getParentInputType() ?? undefined);
        if (input && 'getFields' in input) note(input.getFields()[node.name.value]?.description, `input ${node.name.value}`);
      },
      NamedType(node) {
        note(schema.getType(node.name.value)?.description, `type ${node.name.value}`);
      },
    }),
  );
  return found;
}

/** Every text of every operation is valid, and asks a manager only for what it has. */
export function checkDocuments(operations: readonly AnyOperation[], schema: GraphQLSchema): Finding[] {
  return operations.flatMap((operation) => {
    if (operation.endpoint === 'strawberry') return [aside('documents', operation.name, "the newer GraphQL's schema is not among the official descriptions")];
    const complaints: string[] = [];
    let texts = 0;
    for (const version of managerVersions) {
      const text = documentAt(operation, version);
      if (text === null) continue;
      texts += 1;
      try {
        const document = parse(text);
        complaints.push(...validate(schema, document).map((error) => error.message));
        complaints.push(...newerParts(schema, document, version));
        const named = document.definitions.some((definition) => 'name' in definition && definition.name?.value === operation.name);
        if (!named) complaints.push(`the document does not bear the name ${operation.name}`);
      } catch (error) {
        complaints.push(`${version}: ${String(error)}`);
      }
    }
    if (texts === 0) complaints.push('no supported manager gets this operation');
    return judge('documents', operation.name, complaints);
  });
}

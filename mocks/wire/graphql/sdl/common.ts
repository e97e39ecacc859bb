/**
 * The part of the manager's own GraphQL schema that the simulation resolves: same names, argument and field types.
 * `@since` names the manager's version that brought a definition (several for back-ports); `schema.ts` leaves out
 * what is newer than the simulated manager, so that asking for it fails as it does there.
 */
export const commonSdl = /* GraphQL */ `
  scalar UUID
  scalar DateTime
  scalar JSONString
  scalar BigInt
  scalar UUIDFloatMap @since(v: "25.4.0")
  scalar GlobalIDField @since(v: "24.09.0")
  scalar ScopeField @since(v: "24.12.0")
  scalar ContainerRegistryScopeField @since(v: "25.3.0")
  scalar SessionPermissionValueField @since(v: "24.09.0")
  scalar AgentPermissionField @since(v: "24.12.0")
  scalar GroupPermissionField @since(v: "25.3.0")
  scalar ImagePermissionValueField @since(v: "25.3.0")

  interface Item {
    id: ID
  }

  interface Node {
    id: ID!
  }

  interface PaginatedList {
    items: [Item]!
    total_count: Int!
  }

  type PageInfo {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }

  type KVPair {
    key: String
    value: String
  }
`;

export const folderSdl = /* GraphQL */ `
  type VirtualFolderNode implements Node {
    id: ID!
    row_id: UUID @since(v: "24.03.4")
    host: String
    quota_scope_id: String
    name: String
    user: UUID
    user_email: String
    group: UUID
    group_name: String
    creator: String
    unmanaged_path: String
    usage_mode: String
    permission: String
    ownership_type: String
    max_files: Int
    max_size: BigInt
    created_at: DateTime
    last_used: DateTime
    num_files: Int
    cur_size: BigInt
    cloneable: Boolean
    status: String
  }

  type VirtualFolderEdge {
    node: VirtualFolderNode
    cursor: String!
  }

  type VirtualFolderConnection {
    pageInfo: PageInfo!
    edges: [VirtualFolderEdge]!
    count: Int
  }

  type PredefinedAtomicPermission {
    vfolder_host_permission_list: [String]
  }

  extend type Query {
    vfolder_host_permissions: PredefinedAtomicPermission
  }
`;

export const accountSdl = /* GraphQL */ `
  type UserGroup {
    id: UUID
    name: String
  }

  type UserInfo {
    email: String
    full_name: String
  }

  type User implements Item {
    id: ID
    uuid: UUID
    username: String
    email: String
    need_password_change: Boolean
    full_name: String
    description: String
    is_active: Boolean
    status: String
    status_info: String
    created_at: DateTime
    modified_at: DateTime
    domain_name: String
    role: String
    resource_policy: String
    allowed_client_ip: [String]
    totp_activated: Boolean
    totp_activated_at: DateTime
    sudo_session_enabled: Boolean
    main_access_key: String @since(v: "24.03.0")
    container_uid: Int @since(v: "25.2.0")
    container_main_gid: Int @since(v: "25.2.0")
    container_gids: [Int] @since(v: "25.2.0")
    groups: [UserGroup]
  }

  type UserList implements PaginatedList {
    items: [User]!
    total_count: Int!
  }

  type UserNode implements Node {
    id: ID!
    username: String
    email: String
    need_password_change: Boolean
    full_name: String
    description: String
    is_active: Boolean
    status: String
    status_info: String
    created_at: DateTime
    modified_at: DateTime
    domain_name: String
    role: String
    resource_policy: String
    allowed_client_ip: [String]
    totp_activated: Boolean
    totp_activated_at: DateTime
    sudo_session_enabled: Boolean
    container_uid: Int @since(v: "25.2.0")
    container_main_gid: Int @since(v: "25.2.0")
    container_gids: [Int] @since(v: "25.2.0")
  }

  type UserEdge {
    node: UserNode
    cursor: String!
  }

  type UserConnection {
    pageInfo: PageInfo!
    edges: [UserEdge]!
    count: Int
  }

  type KeyPair implements Item {
    id: ID
    user_id: String
    full_name: String
    access_key: String
    secret_key: String
    is_active: Boolean
    is_admin: Boolean
    resource_policy: String
    created_at: DateTime
    last_used: DateTime
    rate_limit: Int
    num_queries: Int
    rolling_count: Int @since(v: "24.09.0")
    user: UUID
    projects: [String]
    ssh_public_key: String
    concurrency_used: Int
    user_info: UserInfo
    concurrency_limit: Int
  }

  type KeyPairList implements PaginatedList {
    items: [KeyPair]!
    total_count: Int!
  }

  type Group {
    id: UUID
    name: String
    description: String
    is_active: Boolean
    created_at: DateTime
    modified_at: DateTime
    domain_name: String
    total_resource_slots: JSONString
    allowed_vfolder_hosts: JSONString
    integration_id: String
    resource_policy: String
    type: String @since(v: "24.03.0")
    container_registry: JSONString @since(v: "24.03.0")
    scaling_groups: [String]
  }

  type GroupNode implements Node {
    id: ID!
    row_id: UUID @since(v: "24.03.7")
    name: String
    description: String
    is_active: Boolean
    created_at: DateTime
    modified_at: DateTime
    domain_name: String
    total_resource_slots: JSONString
    allowed_vfolder_hosts: JSONString
    integration_id: String
    resource_policy: String
    type: String @since(v: "24.03.7")
    container_registry: JSONString @since(v: "24.03.7")
    scaling_groups: [String]
  }

  type GroupEdge {
    node: GroupNode
    cursor: String!
  }

  type GroupConnection {
    pageInfo: PageInfo!
    edges: [GroupEdge]!
    count: Int
  }

  type Domain {
    name: String
    description: String
    is_active: Boolean
    created_at: DateTime
    modified_at: DateTime
    total_resource_slots: JSONString
    allowed_vfolder_hosts: JSONString
    allowed_docker_registries: [String]
    integration_id: String
    scaling_groups: [String]
  }

  type KeyPairResourcePolicy {
    name: String
    created_at: DateTime
    default_for_unspecified: String
    total_resource_slots: JSONString
    max_session_lifetime: Int
    max_concurrent_sessions: Int
    max_containers_per_session: Int
    idle_timeout: BigInt
    allowed_vfolder_hosts: JSONString
    max_vfolder_count: Int
    max_vfolder_size: BigInt
    max_quota_scope_size: BigInt
    max_concurrent_sftp_sessions: Int @since(v: "23.03.3")
    max_pending_session_count: Int @since(v: "24.03.4")
    max_pending_session_resource_slots: JSONString @since(v: "24.03.4")
  }

  type UserResourcePolicy {
    id: ID!
    name: String!
    created_at: DateTime!
    max_vfolder_count: Int @since(v: "24.03.1")
    max_quota_scope_size: BigInt @since(v: "24.03.1")
    max_vfolder_size: BigInt
    max_session_count_per_model_session: Int @since(v: "24.03.1")
    max_customized_image_count: Int @since(v: "24.03.0")
  }

  type ProjectResourcePolicy {
    id: ID!
    name: String!
    created_at: DateTime!
    max_vfolder_count: Int @since(v: "24.03.1")
    max_quota_scope_size: BigInt @since(v: "24.03.1")
    max_vfolder_size: BigInt
    max_network_count: Int @since(v: "24.12.0")
  }

  extend type Query {
    user(domain_name: String, email: String): User
    users(domain_name: String, group_id: UUID, is_active: Boolean, status: String): [User]
    user_list(limit: Int!, offset: Int!, filter: String, order: String, domain_name: String, group_id: UUID, is_active: Boolean, status: String): UserList
    user_nodes(filter: String, order: String, offset: Int, before: String, after: String, first: Int, last: Int): UserConnection @since(v: "24.03.0")
    keypair(domain_name: String, access_key: String): KeyPair
    keypairs(domain_name: String, email: String, is_active: Boolean): [KeyPair]
    keypair_list(limit: Int!, offset: Int!, filter: String, order: String, domain_name: String, email: String, is_active: Boolean): KeyPairList
    group(id: UUID!, domain_name: String, type: [String] = ["GENERAL"] @since(v: "24.03.0")): Group
    groups(domain_name: String, is_active: Boolean, type: [String] = ["GENERAL"] @since(v: "24.03.0")): [Group]
    groups_by_name(name: String!, domain_name: String): [Group]
    group_nodes(
      filter: String @since(v: "24.09.0")
      order: String @since(v: "24.09.0")
      scope: ScopeField @since(v: "25.3.0")
      container_registry_scope: ContainerRegistryScopeField @since(v: "25.3.0")
      permission: GroupPermissionField = "read_attribute" @since(v: "25.3.0")
      offset: Int
      before: String
      after: String
      first: Int
      last: Int
    ): GroupConnection @since(v: "24.03.0")
    domain(name: String): Domain
    domains(is_active: Boolean): [Domain]
    keypair_resource_policy(name: String): KeyPairResourcePolicy
    keypair_resource_policies: [KeyPairResourcePolicy]
    user_resource_policy(name: String): UserResourcePolicy
    user_resource_policies: [UserResourcePolicy]
    project_resource_policy(name: String!): ProjectResourcePolicy
    project_resource_policies: [ProjectResourcePolicy]
  }
`;

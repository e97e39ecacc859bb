export const sessionSdl = /* GraphQL */ `
  type KernelNode implements Node @since(v: "24.09.0") {
    id: ID!
    row_id: UUID
    cluster_idx: Int
    local_rank: Int
    cluster_role: String
    cluster_hostname: String
    session_id: UUID
    image: ImageNode
    image_reference: String @since(v: "25.4.0")
    architecture: String @since(v: "25.4.0")
    status: String
    status_changed: DateTime
    status_info: String
    status_data: JSONString
    created_at: DateTime
    terminated_at: DateTime
    starts_at: DateTime
    scheduled_at: DateTime
    agent_id: String
    agent_addr: String
    container_id: String
    resource_opts: JSONString
    occupied_slots: JSONString
    live_stat: JSONString
    abusing_report: JSONString
    preopen_ports: [Int]
  }

  type KernelEdge @since(v: "24.09.0") {
    node: KernelNode
    cursor: String!
  }

  type KernelConnection @since(v: "24.09.0") {
    pageInfo: PageInfo!
    edges: [KernelEdge]!
    count: Int
  }

  type ComputeSessionNode implements Node @since(v: "24.09.0") {
    id: ID!
    row_id: UUID
    tag: String
    name: String
    type: String
    priority: Int @since(v: "24.09.0")
    cluster_template: String
    cluster_mode: String
    cluster_size: Int
    domain_name: String
    project_id: UUID
    user_id: UUID
    owner: UserNode @since(v: "25.13.0")
    access_key: String
    permissions: [SessionPermissionValueField]
    status: String
    status_info: String
    status_data: JSONString
    status_history: JSONString
    created_at: DateTime
    terminated_at: DateTime
    starts_at: DateTime
    scheduled_at: DateTime
    queue_position: Int @since(v: "25.13.0")
    startup_command: String
    result: String
    commit_status: String
    abusing_reports: [JSONString]
    idle_checks: JSONString
    agent_ids: [String]
    resource_opts: JSONString
    scaling_group: String
    service_ports: JSONString
    vfolder_mounts: [String]
    occupied_slots: JSONString
    requested_slots: JSONString
    image_references: [String] @since(v: "25.4.0")
    vfolder_nodes(filter: String, order: String, offset: Int, before: String, after: String, first: Int, last: Int): VirtualFolderConnection @since(v: "25.4.0")
    num_queries: BigInt
    inference_metrics: JSONString
    kernel_nodes(filter: String, order: String, offset: Int, before: String, after: String, first: Int, last: Int): KernelConnection
    dependents(filter: String, order: String, offset: Int, before: String, after: String, first: Int, last: Int): ComputeSessionConnection
    dependees(filter: String, order: String, offset: Int, before: String, after: String, first: Int, last: Int): ComputeSessionConnection
    graph(filter: String, order: String, offset: Int, before: String, after: String, first: Int, last: Int): ComputeSessionConnection
  }

  type ComputeSessionEdge @since(v: "24.09.0") {
    node: ComputeSessionNode
    cursor: String!
  }

  type ComputeSessionConnection @since(v: "24.09.0") {
    pageInfo: PageInfo!
    edges: [ComputeSessionEdge]!
    count: Int
  }

  type SessionPendingQueueEdge @since(v: "25.13.0") {
    node: ComputeSessionNode
    cursor: String!
  }

  type SessionPendingQueueConnection @since(v: "25.13.0") {
    pageInfo: PageInfo!
    edges: [SessionPendingQueueEdge]!
    count: Int
  }

  type ComputeContainer implements Item {
    id: ID
    idx: Int
    role: String
    hostname: String
    kernel_id: UUID @since(v: "24.03.1")
    cluster_idx: Int
    local_rank: Int
    cluster_role: String
    cluster_hostname: String
    session_id: UUID
    image: String
    image_object: ImageNode @since(v: "24.03.0")
    architecture: String
    registry: String
    status: String
    status_changed: DateTime
    status_info: String
    status_data: JSONString
    created_at: DateTime
    terminated_at: DateTime
    starts_at: DateTime
    scheduled_at: DateTime
    abusing_report: JSONString
    agent: String
    agent_addr: String
    container_id: String
    resource_opts: JSONString
    occupied_slots: JSONString
    live_stat: JSONString
    last_stat: JSONString
    preopen_ports: [Int]
  }

  type ComputeContainerList implements PaginatedList {
    items: [ComputeContainer]!
    total_count: Int!
  }

  type ComputeSession implements Item {
    id: ID
    session_id: UUID
    main_kernel_id: UUID
    tag: String
    name: String
    type: String
    main_kernel_role: String
    priority: Int @since(v: "24.09.0")
    image: String
    architecture: String
    registry: String
    cluster_template: String
    cluster_mode: String
    cluster_size: Int
    domain_name: String
    group_name: String
    group_id: UUID
    user_email: String
    full_name: String
    user_id: UUID
    access_key: String
    created_user_email: String
    created_user_id: UUID
    status: String
    status_changed: DateTime
    status_info: String
    status_data: JSONString
    status_history: JSONString
    created_at: DateTime
    terminated_at: DateTime
    starts_at: DateTime
    scheduled_at: DateTime
    startup_command: String
    result: String
    commit_status: String
    abusing_reports: [JSONString]
    idle_checks: JSONString
    agent_ids: [String]
    agents: [String]
    resource_opts: JSONString
    scaling_group: String
    service_ports: JSONString
    mounts: [String]
    vfolder_mounts: [String]
    occupying_slots: JSONString
    occupied_slots: JSONString
    requested_slots: JSONString @since(v: "24.03.0")
    num_queries: BigInt
    containers: [ComputeContainer]
    dependencies: [ComputeSession]
    inference_metrics: JSONString
  }

  type ComputeSessionList implements PaginatedList {
    items: [ComputeSession]!
    total_count: Int!
  }

  input ModifyComputeSessionInput @since(v: "24.09.0") {
    id: GlobalIDField!
    name: String
    priority: Int
    clientMutationId: String
  }

  type ModifyComputeSessionPayload @since(v: "24.09.0") {
    item: ComputeSessionNode
    clientMutationId: String
  }

  extend type Query {
    compute_session(id: UUID!): ComputeSession
    compute_session_list(limit: Int!, offset: Int!, filter: String, order: String, domain_name: String, group_id: String, access_key: String, status: String): ComputeSessionList
    compute_container(id: UUID!): ComputeContainer
    compute_container_list(limit: Int!, offset: Int!, filter: String, order: String, session_id: ID!, role: String): ComputeContainerList
    compute_session_node(
      id: GlobalIDField!
      scope_id: ScopeField @since(v: "24.12.0")
      project_id: UUID @since(v: "24.09.0")
      permission: SessionPermissionValueField = "read_attribute" @since(v: "24.09.0")
    ): ComputeSessionNode @since(v: "24.09.0")
    compute_session_nodes(
      scope_id: ScopeField @since(v: "24.12.0")
      project_id: UUID @since(v: "24.09.0")
      permission: SessionPermissionValueField = "read_attribute" @since(v: "24.09.0")
      filter: String
      order: String
      offset: Int
      before: String
      after: String
      first: Int
      last: Int
    ): ComputeSessionConnection @since(v: "24.09.0")
    session_pending_queue(
      resource_group_id: String!
      offset: Int
      before: String
      after: String
      first: Int
      last: Int
    ): SessionPendingQueueConnection @since(v: "25.13.0")
  }

  extend type Mutation {
    modify_compute_session(input: ModifyComputeSessionInput!): ModifyComputeSessionPayload @since(v: "24.09.0")
  }
`;

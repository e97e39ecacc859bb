export const resourceSdl = /* GraphQL */ `
  type ResourceLimit {
    key: String
    min: String
    max: String
  }

  type Image {
    id: UUID
    name: String
    namespace: String @since(v: "24.12.0")
    base_image_name: String @since(v: "24.12.0")
    project: String @since(v: "24.03.10")
    humanized_name: String
    tag: String
    tags: [KVPair] @since(v: "24.12.0")
    version: String @since(v: "24.12.0")
    registry: String
    architecture: String
    is_local: Boolean
    digest: String
    labels: [KVPair]
    aliases: [String]
    size_bytes: BigInt
    status: String @since(v: "25.4.0")
    resource_limits: [ResourceLimit]
    supported_accelerators: [String]
    installed: Boolean
    installed_agents: [String]
    hash: String
  }

  enum ImageType @since(v: "25.12.0") {
    COMPUTE
    SYSTEM
    SERVICE
  }

  enum ImageStatus @since(v: "25.4.0") {
    ALIVE
    DELETED
  }

  type ImageNode implements Node {
    id: ID!
    row_id: UUID @since(v: "24.03.4")
    name: String
    namespace: String @since(v: "24.12.0")
    base_image_name: String @since(v: "24.12.0")
    project: String @since(v: "24.03.10")
    humanized_name: String
    tag: String
    tags: [KVPair] @since(v: "24.12.0")
    version: String @since(v: "24.12.0")
    registry: String
    architecture: String
    is_local: Boolean
    digest: String
    labels: [KVPair]
    size_bytes: BigInt
    status: String @since(v: "25.4.0")
    resource_limits: [ResourceLimit]
    supported_accelerators: [String]
    aliases: [String] @since(v: "24.03.4")
    permissions: [ImagePermissionValueField] @since(v: "25.3.0")
    installed: Boolean @since(v: "25.11.0")
    type: ImageType @since(v: "25.12.0")
  }

  type ResourcePreset {
    id: UUID @since(v: "25.4.0")
    name: String
    resource_slots: JSONString
    shared_memory: BigInt
    scaling_group_name: String @since(v: "25.4.0")
  }

  type ScalingGroup {
    name: String
    description: String
    is_active: Boolean
    is_public: Boolean
    created_at: DateTime
    wsproxy_addr: String
    wsproxy_api_token: String
    driver: String
    driver_opts: JSONString
    scheduler: String
    scheduler_opts: JSONString
    use_host_network: Boolean
    accelerator_quantum_size: Float @since(v: "25.5.0")
    agent_count_by_status(status: String = "ALIVE"): Int @since(v: "24.03.7")
    agent_total_resource_slots_by_status(status: String = "ALIVE"): JSONString @since(v: "24.03.7")
    own_session_occupied_resource_slots: JSONString @since(v: "25.4.0")
  }

  type AgentSummary implements Item {
    id: ID
    status: String
    scaling_group: String
    schedulable: Boolean
    available_slots: JSONString
    occupied_slots: JSONString
    architecture: String
  }

  type AgentSummaryList implements PaginatedList {
    items: [AgentSummary]!
    total_count: Int!
  }

  type Agent implements Item {
    id: ID
    status: String
    status_changed: DateTime
    region: String
    scaling_group: String
    schedulable: Boolean
    available_slots: JSONString
    occupied_slots: JSONString
    addr: String
    architecture: String
    first_contact: DateTime
    lost_at: DateTime
    live_stat: JSONString
    version: String
    compute_plugins: JSONString
    hardware_metadata: JSONString
    auto_terminate_abusing_kernel: Boolean
    container_count: Int
    gpu_alloc_map: UUIDFloatMap @since(v: "25.4.0")
    cpu_cur_pct: Float
    mem_cur_bytes: Float
  }

  type AgentList implements PaginatedList {
    items: [Agent]!
    total_count: Int!
  }

  type AgentNode implements Node @since(v: "24.12.0") {
    id: ID!
    row_id: String
    status: String
    status_changed: DateTime
    region: String
    scaling_group: String
    schedulable: Boolean
    available_slots: JSONString
    occupied_slots: JSONString
    addr: String
    architecture: String
    first_contact: DateTime
    lost_at: DateTime
    live_stat: JSONString
    version: String
    compute_plugins: JSONString
    hardware_metadata: JSONString
    auto_terminate_abusing_kernel: Boolean
    container_count: Int
    gpu_alloc_map: UUIDFloatMap @since(v: "25.4.0")
    permissions: [AgentPermissionField]
  }

  type AgentEdge @since(v: "24.12.0") {
    node: AgentNode
    cursor: String!
  }

  type AgentConnection @since(v: "24.12.0") {
    pageInfo: PageInfo!
    edges: [AgentEdge]!
    count: Int
  }

  extend type Query {
    image(id: String @since(v: "24.03.1"), reference: String, architecture: String = null): Image
    images(
      is_installed: Boolean
      is_operation: Boolean
      filter_by_statuses: [ImageStatus] = [ALIVE] @since(v: "25.4.0")
      load_filters: [String] = null @since(v: "24.03.8")
      image_filters: [String] = null @since(v: "24.03.4")
    ): [Image]
    customized_images: [ImageNode] @since(v: "24.03.1")
    resource_preset(name: String): ResourcePreset
    resource_presets(filter: String @since(v: "25.4.0"), order: String @since(v: "25.4.0")): [ResourcePreset]
    scaling_group(name: String): ScalingGroup
    scaling_groups(name: String, is_active: Boolean): [ScalingGroup]
    accessible_scaling_groups(project_id: UUID!): [ScalingGroup] @since(v: "25.5.0")
    scaling_groups_for_user_group(user_group: String!, is_active: Boolean): [ScalingGroup]
    agent(agent_id: String!): Agent
    agent_list(limit: Int!, offset: Int!, filter: String, order: String, scaling_group: String, status: String): AgentList
    agent_nodes(
      scope: ScopeField
      permission: AgentPermissionField = "create_compute_session"
      filter: String
      order: String
      offset: Int
      before: String
      after: String
      first: Int
      last: Int
    ): AgentConnection @since(v: "24.12.0")
    agent_summary(agent_id: String!): AgentSummary
    agent_summary_list(limit: Int!, offset: Int!, filter: String, order: String, scaling_group: String, status: String): AgentSummaryList
  }

  type ForgetImageById {
    ok: Boolean
    msg: String
    image: ImageNode @since(v: "24.03.1")
  }

  type UntagImageFromRegistry {
    ok: Boolean
    msg: String
    image: ImageNode @since(v: "24.03.1")
  }

  extend type Mutation {
    forget_image_by_id(image_id: String!): ForgetImageById
    untag_image_from_registry(image_id: String!): UntagImageFromRegistry @since(v: "24.03.1")
  }
`;

import type { Cluster } from '../../../cluster/api';
import type { Domain, Keypair, KeypairPolicy, Project, ProjectPolicy, User, UserPolicy } from '../../../cluster/types';
import { toGlobalId } from '../schema';
import { slotsOrEmpty } from './slots';

type Row = Record<string, unknown>;

function userFields(cluster: Cluster, user: User): Row {
  return {
    username: user.username,
    email: user.email,
    need_password_change: user.needPasswordChange,
    full_name: user.fullName,
    description: user.description,
    is_active: user.status === 'active',
    status: user.status,
    status_info: user.statusInfo,
    created_at: cluster.iso(user.createdAt),
    modified_at: cluster.iso(user.modifiedAt),
    domain_name: user.domain,
    role: user.role,
    resource_policy: user.resourcePolicy,
    allowed_client_ip: user.allowedClientIp,
    totp_activated: user.totpActivated,
    totp_activated_at: cluster.iso(user.totpActivatedAt),
    sudo_session_enabled: user.sudoSessionEnabled,
    container_uid: user.containerUid,
    container_main_gid: user.containerMainGid,
    container_gids: user.containerGids,
  };
}

export function userRow(cluster: Cluster, user: User): Row {
  return {
    ...userFields(cluster, user),
    id: user.id,
    uuid: user.id,
    main_access_key: user.mainAccessKey,
    groups: () =>
      user.projectIds
        .map((id) => cluster.state.projects[id])
        .filter((project): project is Project => project !== undefined)
        .map((project) => ({ id: project.id, name: project.name })),
  };
}

export function userNode(cluster: Cluster, user: User): Row {
  return { ...userFields(cluster, user), id: toGlobalId('UserNode', user.id) };
}

export function keypairRow(cluster: Cluster, keypair: Keypair): Row {
  const user = cluster.accounts.user(keypair.userId);
  return {
    id: keypair.accessKey,
    user_id: user?.email ?? null,
    full_name: user?.fullName ?? null,
    access_key: keypair.accessKey,
    secret_key: keypair.secretKey,
    is_active: keypair.isActive,
    is_admin: keypair.isAdmin,
    resource_policy: keypair.resourcePolicy,
    created_at: cluster.iso(keypair.createdAt),
    last_used: cluster.iso(keypair.lastUsed),
    rate_limit: keypair.rateLimit,
    num_queries: keypair.numQueries,
    rolling_count: 0,
    user: keypair.userId,
    projects: () => (user?.projectIds ?? []).map((id) => cluster.state.projects[id]?.name ?? null),
    ssh_public_key: keypair.sshPublicKey,
    concurrency_used: () => cluster.accounts.concurrencyUsed(keypair.accessKey),
    user_info: user ? { email: user.email, full_name: user.fullName } : null,
    concurrency_limit: () => cluster.state.keypairPolicies[keypair.resourcePolicy]?.maxConcurrentSessions ?? null,
  };
}

export function projectRow(cluster: Cluster, project: Project): Row {
  return {
    id: project.id,
    row_id: project.id,
    name: project.name,
    description: project.description,
    is_active: project.isActive,
    created_at: cluster.iso(project.createdAt),
    modified_at: cluster.iso(project.modifiedAt),
    domain_name: project.domain,
    total_resource_slots: slotsOrEmpty(project.totalResourceSlots),
    allowed_vfolder_hosts: project.allowedFolderHosts,
    integration_id: project.integrationId,
    resource_policy: project.resourcePolicy,
    type: project.type,
    container_registry: project.containerRegistry,
    scaling_groups: project.resourceGroups,
  };
}

export function projectNode(cluster: Cluster, project: Project): Row {
  return { ...projectRow(cluster, project), id: toGlobalId('GroupNode', project.id) };
}

export function domainRow(cluster: Cluster, domain: Domain): Row {
  return {
    name: domain.name,
    description: domain.description,
    is_active: domain.isActive,
    created_at: cluster.iso(domain.createdAt),
    modified_at: cluster.iso(domain.createdAt),
    total_resource_slots: slotsOrEmpty(domain.totalResourceSlots),
    allowed_vfolder_hosts: domain.allowedFolderHosts,
    allowed_docker_registries: domain.allowedRegistries,
    integration_id: domain.integrationId,
    scaling_groups: domain.resourceGroups,
  };
}

export function keypairPolicyRow(cluster: Cluster, policy: KeypairPolicy): Row {
  return {
    name: policy.name,
    created_at: cluster.iso(policy.createdAt),
    default_for_unspecified: policy.defaultForUnspecified,
    total_resource_slots: slotsOrEmpty(policy.totalResourceSlots),
    max_session_lifetime: policy.maxSessionLifetime,
    max_concurrent_sessions: policy.maxConcurrentSessions,
    max_containers_per_session: policy.maxContainersPerSession,
    idle_timeout: policy.idleTimeout,
    allowed_vfolder_hosts: policy.allowedFolderHosts,
    max_vfolder_count: null,
    max_vfolder_size: null,
    max_quota_scope_size: null,
    max_concurrent_sftp_sessions: policy.maxConcurrentSftpSessions,
    max_pending_session_count: policy.maxPendingSessionCount,
    max_pending_session_resource_slots: policy.maxPendingSessionResourceSlots === null ? null : slotsOrEmpty(policy.maxPendingSessionResourceSlots),
  };
}

export function userPolicyRow(cluster: Cluster, policy: UserPolicy): Row {
  return {
    id: `UserResourcePolicy:${policy.name}`,
    name: policy.name,
    created_at: cluster.iso(policy.createdAt),
    max_vfolder_count: policy.maxFolderCount,
    max_quota_scope_size: policy.maxQuotaScopeSize,
    max_vfolder_size: policy.maxQuotaScopeSize,
    max_session_count_per_model_session: policy.maxSessionCountPerModelSession,
    max_customized_image_count: policy.maxCustomizedImageCount,
  };
}

export function projectPolicyRow(cluster: Cluster, policy: ProjectPolicy): Row {
  return {
    id: `ProjectResourcePolicy:${policy.name}`,
    name: policy.name,
    created_at: cluster.iso(policy.createdAt),
    max_vfolder_count: policy.maxFolderCount,
    max_quota_scope_size: policy.maxQuotaScopeSize,
    max_vfolder_size: policy.maxQuotaScopeSize,
    max_network_count: policy.maxNetworkCount,
  };
}

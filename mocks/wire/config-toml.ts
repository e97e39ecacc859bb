import { atLeast } from '../cluster/version';

/**
 * `/config.toml` as the webserver of a manager's version builds it per request (access-and-shell "config.toml"):
 * nulls are commented out, `debug` is written twice up to 26.3 (ACC-006), lists are one comma-joined string up to
 * 25.13.1 and arrays after (the 26.8 recording still shows a single list value as a plain string).
 */

type Value = string | number | boolean | null | readonly string[] | { float: number };

export type ConfigOverrides = Record<string, Record<string, Value>>;

interface Entry {
  key: string;
  value: Value;
  since?: string;
  until?: string;
}

interface Section {
  name: string;
  entries: Entry[];
}

function sections(endpoint: string, debug: boolean): Section[] {
  const general: Entry[] = [
    { key: 'apiEndpoint', value: endpoint },
    { key: 'apiEndpointText', value: 'Simulated cluster' },
    { key: 'defaultSessionEnvironment', value: 'cr.example.org/stable/python' },
    { key: 'defaultImportEnvironment', value: null },
    { key: 'enableModelFolders', value: true, since: '25.6.0' },
    { key: 'connectionMode', value: 'SESSION' },
    { key: 'signupSupport', value: false },
    { key: 'allowChangeSigninMode', value: false },
    { key: 'allowAnonymousChangePassword', value: false },
    { key: 'allowProjectResourceMonitor', value: false },
    { key: 'allowManualImageNameForSession', value: false },
    { key: 'allowSignupWithoutConfirmation', value: false },
    { key: 'alwaysEnqueueComputeSession', value: false },
    { key: 'autoLogout', value: false },
    { key: 'debug', value: debug },
    { key: 'debug', value: debug, until: '26.4.0' },
    { key: 'maskUserInfo', value: false },
    { key: 'singleSignOnVendors', value: null },
    { key: 'ssoRealmName', value: '' },
    { key: 'enableContainerCommit', value: true },
    { key: 'hideAgents', value: false },
    { key: 'appDownloadUrl', value: '' },
    { key: 'allowAppDownloadPanel', value: true },
    { key: 'enable2FA', value: false, until: '25.10.0' },
    { key: 'force2FA', value: false },
    { key: 'systemSSHImage', value: 'cr.example.org/stable/openssh-server:9.6-alpine3.19' },
    { key: 'directoryBasedUsage', value: false },
    { key: 'maxCountForPreopenPorts', value: 10 },
    { key: 'allowCustomResourceAllocation', value: true },
    { key: 'allowThemeMode', value: true, since: '26.8.0' },
    { key: 'isDirectorySizeVisible', value: true },
    { key: 'eduAppNamePrefix', value: '' },
    { key: 'enableExtendLoginSession', value: true, since: '24.09.0' },
    { key: 'enableInteractiveLoginAccountSwitch', value: true, since: '25.4.0' },
    { key: 'defaultFileBrowserImage', value: 'cr.example.org/stable/filebrowser:2.27-alpine3.19', since: '25.11.0' },
    { key: 'enableReservoir', value: false, since: '25.15.0' },
  ];
  const resources: Entry[] = [
    { key: 'openPortToPublic', value: true },
    { key: 'allowNonAuthTCP', value: true },
    { key: 'allowPreferredPort', value: true },
    { key: 'maxCPUCoresPerContainer', value: 64 },
    { key: 'maxMemoryPerContainer', value: 64 },
    { key: 'maxCUDADevicesPerContainer', value: 16 },
    { key: 'maxCUDASharesPerContainer', value: 16 },
    { key: 'maxROCMDevicesPerContainer', value: 10 },
    { key: 'maxTPUDevicesPerContainer', value: 8 },
    { key: 'maxIPUDevicesPerContainer', value: 8 },
    { key: 'maxATOMDevicesPerContainer', value: 8 },
    { key: 'maxGaudi2DevicesPerContainer', value: 8 },
    { key: 'maxATOMPlUSDevicesPerContainer', value: 8 },
    { key: 'maxWarboyDevicesPerContainer', value: 8 },
    { key: 'maxShmPerContainer', value: { float: 2 } },
    { key: 'maxFileUploadSize', value: 4294967296 },
  ];
  return [
    { name: 'general', entries: general },
    { name: 'resources', entries: resources },
    {
      name: 'environments',
      entries: [
        { key: 'allowlist', value: null },
        { key: 'showNonInstalledImages', value: false },
      ],
    },
    {
      name: 'menu',
      entries: [
        { key: 'blocklist', value: ['pipeline'] },
        { key: 'inactivelist', value: null },
      ],
    },
    { name: 'plugin', entries: [{ key: 'page', value: null }] },
    {
      name: 'wsproxy',
      entries: [
        { key: 'proxyURL', value: '' },
        { key: 'proxyBaseURL', value: null },
        { key: 'proxyListenIP', value: null },
      ],
    },
    {
      name: 'pipeline',
      entries: [
        { key: 'endpoint', value: '' },
        { key: 'frontendEndpoint', value: '' },
      ],
    },
  ];
}

function literal(value: Exclude<Value, null>, version: string): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if ('float' in value) return value.float.toFixed(1);
  const list = [...value];
  const asArray = atLeast(version, '25.13.2') && list.length > 1;
  return asArray ? `[${list.map((item) => JSON.stringify(item)).join(', ')}]` : JSON.stringify(list.join(','));
}

export function configToml(options: { version: string; endpoint: string; overrides?: ConfigOverrides }): string {
  const { version, endpoint, overrides = {} } = options;
  const blocks = sections(endpoint, false).map((section) => {
    const changed = overrides[section.name] ?? {};
    const known = new Set(section.entries.map((entry) => entry.key));
    const extra = Object.entries(changed)
      .filter(([key]) => !known.has(key))
      .map(([key, value]): Entry => ({ key, value }));
    const lines = [...section.entries, ...extra]
      .filter((entry) => entry.since === undefined || atLeast(version, entry.since))
      .filter((entry) => entry.until === undefined || !atLeast(version, entry.until))
      .map((entry) => {
        const value = Object.hasOwn(changed, entry.key) ? (changed[entry.key] ?? null) : entry.value;
        return value === null ? `# ${entry.key} = ` : `${entry.key} = ${literal(value, version)}`;
      });
    return `[${section.name}]\n${lines.join('\n')}`;
  });
  return blocks.join('\n\n');
}

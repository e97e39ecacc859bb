/**
 * The site's configuration, `/config.toml` (ACC-005, ACC-006). One table says every key, its type and default;
 * whatever a webserver or a hand writes differently costs that one key its value, never the page.
 */
import { parse, TomlDate } from 'smol-toml';

interface Field<T> {
  fallback: T;
  /** The value, or undefined where the type is wrong. */
  read(raw: unknown): T | undefined;
  /** Other spellings seen in the field. */
  aliases?: readonly string[];
}

function text(fallback = ''): Field<string> {
  return {
    fallback,
    read: (raw) => (typeof raw === 'string' ? raw.trim() : raw instanceof TomlDate ? raw.toISOString() : undefined),
  };
}

function flag(fallback: boolean): Field<boolean> {
  return { fallback, read: (raw) => (typeof raw === 'boolean' ? raw : undefined) };
}

function number(fallback: number, options: { min?: number; integer?: boolean; aliases?: readonly string[] } = {}): Field<number> {
  const { min = 0, integer = true, aliases } = options;
  return {
    fallback,
    aliases,
    read: (raw) => {
      if (typeof raw !== 'number' || !Number.isFinite(raw) || raw < min) return undefined;
      return integer && !Number.isInteger(raw) ? undefined : raw;
    },
  };
}

/** An array (25.13.2 and newer) or one text joined by commas (before). */
function list(): Field<string[]> {
  return {
    fallback: [],
    read: (raw) => {
      const items = typeof raw === 'string' ? raw.split(',') : raw;
      if (!Array.isArray(items) || items.some((item) => typeof item !== 'string')) return undefined;
      return items.map((item: string) => item.trim()).filter((item) => item !== '');
    },
  };
}

/** `http://…` or `https://…` without trailing slashes. */
function address(fallback = ''): Field<string> {
  return { fallback, read: (raw) => (typeof raw === 'string' ? (normalizeEndpoint(raw) ?? undefined) : undefined) };
}

const connectionMode: Field<'SESSION' | 'API'> = {
  fallback: 'SESSION',
  read: (raw) => {
    const value = typeof raw === 'string' ? raw.trim().toUpperCase() : '';
    return value === 'SESSION' || value === 'API' ? value : undefined;
  },
};

const table = {
  general: {
    apiEndpoint: address(),
    apiEndpointText: text('Backend.AI API'),
    apiDomainName: text('default'),
    connectionMode,
    allowChangeSigninMode: flag(false),
    siteDescription: text(),
    signupSupport: flag(false),
    allowSignupWithoutConfirmation: flag(false),
    allowAnonymousChangePassword: flag(false),
    allowSignout: flag(false),
    singleSignOnVendors: list(),
    ssoRealmName: text(),
    loginAttemptLimit: number(500, { min: 1 }),
    /** Seconds. */
    loginBlockTime: number(180),
    autoLogout: flag(false),
    enableExtendLoginSession: flag(false),
    enableInteractiveLoginAccountSwitch: flag(true),
    enable2FA: flag(false),
    force2FA: flag(false),
    maskUserInfo: flag(false),
    debug: flag(false),
    defaultSessionEnvironment: text(),
    defaultImportEnvironment: text(),
    enableModelFolders: flag(true),
    allowProjectResourceMonitor: flag(false),
    allowManualImageNameForSession: flag(false),
    alwaysEnqueueComputeSession: flag(false),
    enableContainerCommit: flag(false),
    hideAgents: flag(true),
    appDownloadUrl: text('https://github.com/lablup/backend.ai-webui/releases/download'),
    allowAppDownloadPanel: flag(true),
    cliDownloadUrl: text(),
    allowCLIDownloadPanel: flag(false),
    systemSSHImage: text(),
    defaultFileBrowserImage: text(),
    directoryBasedUsage: flag(false),
    isDirectorySizeVisible: flag(true),
    maxCountForPreopenPorts: number(10),
    allowCustomResourceAllocation: flag(true),
    /** null = not said: the switch is hidden only where false is explicit (ACC-067). */
    allowThemeMode: { fallback: null, read: (raw) => (typeof raw === 'boolean' ? raw : undefined) } as Field<boolean | null>,
    eduAppNamePrefix: text(),
    enableReservoir: flag(false),
    enableImportFromHuggingFace: flag(false),
  },
  resources: {
    openPortToPublic: flag(false),
    allowNonAuthTCP: flag(false),
    allowPreferredPort: flag(false),
    maxCPUCoresPerContainer: number(64),
    /** GiB. */
    maxMemoryPerContainer: number(64, { integer: false }),
    /** GiB. */
    maxShmPerContainer: number(2, { integer: false }),
    maxCUDADevicesPerContainer: number(16),
    maxCUDASharesPerContainer: number(16, { integer: false }),
    maxROCMDevicesPerContainer: number(10),
    maxTPUDevicesPerContainer: number(8),
    maxIPUDevicesPerContainer: number(8),
    maxATOMDevicesPerContainer: number(8),
    maxGaudi2DevicesPerContainer: number(8),
    /** The webserver spells it so; hands spell it otherwise. */
    maxATOMPlUSDevicesPerContainer: number(8, {
      aliases: ['maxATOMPlusDevicesPerContainer', 'maxATOMPLUSDevicesPerContainer', 'maxAtomPlusDevicesPerContainer'],
    }),
    maxWarboyDevicesPerContainer: number(8),
    maxHyperaccelLPUDevicesPerContainer: number(8),
    /** Bytes; -1 = no limit. */
    maxFileUploadSize: number(4_294_967_296, { min: -1 }),
  },
  environments: { allowlist: list(), showNonInstalledImages: flag(false) },
  menu: { blocklist: list(), inactivelist: list() },
  wsproxy: {
    proxyURL: text('http://127.0.0.1:5050/'),
    proxyBaseURL: text(),
    proxyListenIP: text(),
    disableCertCheck: flag(false),
  },
  plugin: { page: list(), login: list(), sidebar: list() },
  pipeline: { endpoint: text(), frontendEndpoint: text() },
  server: { webServerURL: text() },
  license: { edition: text(), validSince: text(), validUntil: text() },
};

type Table = typeof table;
type Values<S> = { [K in keyof S]: S[K] extends Field<infer T> ? T : never };
/** The configuration with every default filled in. '' stands for "not set" in texts. */
export type SiteConfig = { [S in keyof Table]: Values<Table[S]> };

/** - `unreachable`: no answer; `not-toml`: an HTML page instead; `unparsable`: nothing in it could be read. */
export type ConfigProblem = null | 'unreachable' | 'unparsable' | 'not-toml';

export interface ParsedConfig {
  config: SiteConfig;
  problem: ConfigProblem;
  /** What was not taken and why, for the browser's console: names of keys, never values. */
  problems: string[];
}

/**
 * An endpoint as typed or configured: blanks and trailing slashes trimmed; null where it is no http(s) address
 * (ACC-012). User, query and hash make no endpoint.
 */
export function normalizeEndpoint(raw: string): string | null {
  const trimmed = raw.trim().replace(/\/+$/, '');
  if (!/^https?:\/\//i.test(trimmed)) return null;
  try {
    const url = new URL(trimmed);
    if (url.username || url.password || url.search || url.hash) return null;
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  } catch {
    return null;
  }
}

/** Empty texts and `[…]` placeholders stand for "use the default" (ACC-005). */
function isUnset(raw: unknown): boolean {
  if (raw === null || raw === undefined) return true;
  return typeof raw === 'string' && (raw.trim() === '' || /^\[[^\]]*\]$/.test(raw.trim()));
}

function readSections(raw: Record<string, unknown>, problems: string[]): SiteConfig {
  const result: Record<string, Record<string, unknown>> = {};
  for (const [section, fields] of Object.entries(table) as [string, Record<string, Field<unknown>>][]) {
    const found = raw[section];
    const given = typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : {};
    if (found !== undefined && given !== found) problems.push(`${section}: not a table, defaults are used`);
    const values: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(fields)) {
      const name = [key, ...(field.aliases ?? [])].find((spelling) => !isUnset(given[spelling]));
      const value = name === undefined ? undefined : field.read(given[name]);
      if (name !== undefined && value === undefined) problems.push(`${section}.${name}: wrong type, the default is used`);
      values[key] = value ?? (Array.isArray(field.fallback) ? [] : field.fallback);
    }
    result[section] = values;
  }
  const config = result as unknown as SiteConfig;
  if (config.pipeline.frontendEndpoint === '') config.pipeline.frontendEndpoint = config.pipeline.endpoint;
  return config;
}

const headerLine = /^\s*\[\s*([A-Za-z][\w-]*)\s*\]\s*(?:#.*)?$/;
const keyLine = /^\s*(?:[\w-]+|"[^"]+")\s*=/;

/** A statement of its own as TOML; undefined where that fails. */
function parseStatement(lines: string[]): Record<string, unknown> | undefined {
  try {
    return parse(lines.join('\n')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/**
 * What TOML forbids and webservers write nevertheless: a key or table twice (`debug` up to 26.3: the first one
 * stays), `key =` and `key = null`. Statement by statement, so that one bad line costs only itself.
 */
function parseTolerantly(source: string, problems: string[]): Record<string, unknown> {
  const sections: Record<string, Record<string, unknown>> = {};
  let section = '';
  let statement: string[] = [];
  const flush = () => {
    const [first] = statement;
    if (first === undefined) return;
    const key = first.split('=', 1)[0]?.trim() ?? '';
    const value = first.slice(first.indexOf('=') + 1).trim();
    const parsed = parseStatement(statement);
    statement = [];
    const target = (sections[section] ??= {});
    if (parsed) {
      for (const [name, found] of Object.entries(parsed)) {
        if (!Object.hasOwn(target, name)) target[name] = found;
        else if (target[name] !== found) problems.push(`${section}.${name}: said twice, the first one is used`);
      }
    } else if (value !== '' && !value.startsWith('#') && !/^(null|none|nil)\b/i.test(value)) {
      problems.push(`${section}.${key}: cannot be read, the default is used`);
    }
  };
  for (const line of source.split(/\r?\n/)) {
    const header = headerLine.exec(line);
    // Inside an array that spans lines, `["a"]` on a line of its own is a value.
    if (header && (statement.length === 0 || parseStatement(statement) || !/[[{]|"""|'''/.test(statement.join('')))) {
      flush();
      section = header[1] ?? '';
      sections[section] ??= {};
    } else if (keyLine.test(line)) {
      flush();
      statement = [line];
    } else if (statement.length > 0) {
      statement.push(line);
    }
  }
  flush();
  return sections;
}

/** Reads the text of a config.toml. Never throws; what cannot be read takes its default. */
export function parseSiteConfig(source: string): ParsedConfig {
  const problems: string[] = [];
  const clean = source.replace(/^\uFEFF/, '');
  if (/^\s*</.test(clean)) return { config: readSections({}, problems), problem: 'not-toml', problems: ['an HTML page'] };
  let raw: Record<string, unknown>;
  try {
    raw = parse(clean) as Record<string, unknown>;
  } catch {
    raw = parseTolerantly(clean, problems);
  }
  const known = Object.keys(raw).some((name) => Object.hasOwn(table, name));
  const problem = !known && clean.trim() !== '' && Object.keys(raw).length === 0 ? 'unparsable' : null;
  return { config: readSections(raw, problems), problem, problems };
}

/** Every default; what a missing file means. */
export const defaultSiteConfig: SiteConfig = readSections({}, []);

/**
 * Fetches and reads `/config.toml` of the console's own origin. Never throws: a missing file means the defaults,
 * anything worse too, together with `problem`, so that the log-in panel can warn and let the endpoint be typed.
 */
export async function loadSiteConfig(timeoutMs = 8000): Promise<{ config: SiteConfig; problem: ConfigProblem }> {
  let parsed: ParsedConfig;
  try {
    const response = await fetch('/config.toml', { cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) });
    // A webserver in static mode has no such file.
    if (response.status === 404) return { config: defaultSiteConfig, problem: null };
    if (!response.ok) return { config: defaultSiteConfig, problem: 'unreachable' };
    parsed = parseSiteConfig(await response.text());
  } catch {
    return { config: defaultSiteConfig, problem: 'unreachable' };
  }
  for (const problem of parsed.problems) console.warn(`config.toml: ${problem}`);
  return { config: parsed.config, problem: parsed.problem };
}

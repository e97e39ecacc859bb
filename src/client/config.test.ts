import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultSiteConfig, loadSiteConfig, normalizeEndpoint, parseSiteConfig } from './config';
import { cut, fakeFetch, html } from './fake-fetch';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const webserverText = `
[general]
apiEndpoint = "https://console.example.org/"
apiEndpointText = "Our cluster"
# defaultSessionEnvironment =
connectionMode = "SESSION"
debug = false
debug = false
maskUserInfo = true
singleSignOnVendors = "saml, openid"
enableExtendLoginSession = true

[resources]
maxCPUCoresPerContainer = 128
maxATOMPlUSDevicesPerContainer = 4
maxShmPerContainer = 2.5
maxFileUploadSize = -1

[environments]
# allowlist =
[menu]
blocklist = "summary,pipeline,,"
inactivelist = ["serving", "import"]
[pipeline]
endpoint = "https://pipe.example.org"
`;

describe('config.toml (ACC-005, ACC-006)', () => {
  it('reads what webservers up to 26.3 write: a doubled key, comments for nulls, joined lists', () => {
    const { config, problem, problems } = parseSiteConfig(webserverText);
    expect(problem).toBeNull();
    expect(problems).toEqual([]);
    expect(config.general).toMatchObject({
      apiEndpoint: 'https://console.example.org',
      apiEndpointText: 'Our cluster',
      debug: false,
      maskUserInfo: true,
      singleSignOnVendors: ['saml', 'openid'],
      enableExtendLoginSession: true,
      defaultSessionEnvironment: '',
    });
    expect(config.resources).toMatchObject({
      maxCPUCoresPerContainer: 128,
      maxATOMPlUSDevicesPerContainer: 4,
      maxShmPerContainer: 2.5,
      maxFileUploadSize: -1,
      maxCUDADevicesPerContainer: 16,
    });
    expect(config.menu).toEqual({ blocklist: ['summary', 'pipeline'], inactivelist: ['serving', 'import'] });
    expect(config.pipeline.frontendEndpoint).toBe('https://pipe.example.org');
  });

  it('says so where a key is there twice with two values', () => {
    const { config, problems } = parseSiteConfig('[general]\nautoLogout = true\nautoLogout = false\n');
    expect(config.general.autoLogout).toBe(true);
    expect(problems).toEqual(['general.autoLogout: said twice, the first one is used']);
  });

  it('has the defaults of the table', () => {
    expect(parseSiteConfig('').config).toEqual(defaultSiteConfig);
    expect(defaultSiteConfig.general).toMatchObject({
      apiEndpoint: '',
      apiEndpointText: 'Backend.AI API',
      apiDomainName: 'default',
      connectionMode: 'SESSION',
      loginAttemptLimit: 500,
      loginBlockTime: 180,
      enableInteractiveLoginAccountSwitch: true,
      enableModelFolders: true,
      hideAgents: true,
      allowAppDownloadPanel: true,
      isDirectorySizeVisible: true,
      maxCountForPreopenPorts: 10,
      allowCustomResourceAllocation: true,
      signupSupport: false,
    });
    expect(defaultSiteConfig.resources).toMatchObject({
      maxCPUCoresPerContainer: 64,
      maxMemoryPerContainer: 64,
      maxShmPerContainer: 2,
      maxROCMDevicesPerContainer: 10,
      maxWarboyDevicesPerContainer: 8,
      maxFileUploadSize: 4_294_967_296,
    });
    expect(defaultSiteConfig.wsproxy.proxyURL).toBe('http://127.0.0.1:5050/');
  });

  it.each([
    ['an empty text', 'apiEndpointText = ""'],
    ['a placeholder', 'apiEndpointText = "[Default API Endpoint ...]"'],
    ['nothing behind the sign', 'apiEndpointText ='],
    ['null', 'apiEndpointText = null'],
    ['None', 'apiEndpointText = None # unset'],
  ])('takes the default for %s, without a word', (_, line) => {
    const { config, problem, problems } = parseSiteConfig(`[general]\n${line}\nautoLogout = true\n`);
    expect(config.general.apiEndpointText).toBe('Backend.AI API');
    expect(config.general.autoLogout).toBe(true);
    expect({ problem, problems }).toEqual({ problem: null, problems: [] });
  });

  it.each([
    ['[general]\nautoLogout = "yes"', 'general.autoLogout: wrong type, the default is used'],
    ['[general]\napiEndpoint = "console.example.org"', 'general.apiEndpoint: wrong type, the default is used'],
    ['[general]\nconnectionMode = "BOTH"', 'general.connectionMode: wrong type, the default is used'],
    ['[general]\nloginAttemptLimit = 0', 'general.loginAttemptLimit: wrong type, the default is used'],
    ['[resources]\nmaxCPUCoresPerContainer = 1.5', 'resources.maxCPUCoresPerContainer: wrong type, the default is used'],
    ['[menu]\nblocklist = [1, 2]', 'menu.blocklist: wrong type, the default is used'],
    ['menu = 3', 'menu: not a table, defaults are used'],
  ])('a wrong type is the default and a warning: %s', (text, problem) => {
    const parsed = parseSiteConfig(text);
    expect(parsed.problems).toEqual([problem]);
    expect(parsed.config).toEqual(defaultSiteConfig);
  });

  it('one bad line costs only itself', () => {
    const text = '[general]\nautoLogout = true\nsiteDescription = "unclosed\nhideAgents = false\n[menu]\nblocklist = [\n  "a",\n  "b"\n]\n[general]\ndebug = true';
    const { config, problems } = parseSiteConfig(text);
    expect(config.general).toMatchObject({ autoLogout: true, hideAgents: false, debug: true, siteDescription: '' });
    expect(config.menu.blocklist).toEqual(['a', 'b']);
    expect(problems).toEqual(['general.siteDescription: cannot be read, the default is used']);
  });

  it.each(['maxATOMPlUSDevicesPerContainer', 'maxATOMPlusDevicesPerContainer', 'maxATOMPLUSDevicesPerContainer'])(
    'knows the spelling %s',
    (key) => {
      expect(parseSiteConfig(`[resources]\n${key} = 3`).config.resources.maxATOMPlUSDevicesPerContainer).toBe(3);
    },
  );

  it('tells an HTML page and rubbish from a config', () => {
    expect(parseSiteConfig('\n<!DOCTYPE html><html></html>')).toMatchObject({ problem: 'not-toml', config: defaultSiteConfig });
    expect(parseSiteConfig('%%% what is this')).toMatchObject({ problem: 'unparsable', config: defaultSiteConfig });
    expect(parseSiteConfig('\uFEFF[general]\r\nautoLogout = true\r\n').config.general.autoLogout).toBe(true);
  });

  it.each([
    [' https://a.example/ ', 'https://a.example'],
    ['http://a.example:8090///', 'http://a.example:8090'],
    ['HTTPS://A.example/base/', 'https://a.example/base'],
    ['a.example', null],
    ['ftp://a.example', null],
    ['https://', null],
    ['https://user:pw@a.example', null],
    ['https://a.example/?x=1', null],
    ['javascript:alert(1)', null],
  ])('ACC-012 endpoint %j is %j', (raw, endpoint) => expect(normalizeEndpoint(raw)).toBe(endpoint));
});

describe('loadSiteConfig (ACC-005)', () => {
  const route = 'GET /config.toml';

  it('reads the file of its own origin and warns of what it did not take', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    fakeFetch({ [route]: new Response(`${webserverText}\n[menu]\nblocklist = 3\n[license]\nedition = 1\n`) });
    const { config, problem } = await loadSiteConfig();
    expect(problem).toBeNull();
    expect(config.general.apiEndpointText).toBe('Our cluster');
    expect(warn).toHaveBeenCalledWith('config.toml: license.edition: wrong type, the default is used');
  });

  it.each([
    ['missing', new Response('', { status: 404 }), null],
    ['failing', new Response('', { status: 502 }), 'unreachable'],
    ['no network', new TypeError('Failed to fetch'), 'unreachable'],
    ['broken off', cut('[general', false), 'unreachable'],
    ['an HTML page', html(200), 'not-toml'],
  ] as const)('a file that is %s means the defaults', async (_, answer, problem) => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    fakeFetch({ [route]: answer });
    expect(await loadSiteConfig()).toEqual({ config: defaultSiteConfig, problem });
  });

  it('does not wait for ever', async () => {
    fakeFetch({ [route]: 'hang' });
    expect(await loadSiteConfig(20)).toEqual({ config: defaultSiteConfig, problem: 'unreachable' });
  });
});

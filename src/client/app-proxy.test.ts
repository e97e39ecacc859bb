import { describe, expect, it } from 'vitest';
import { ofProxy } from './app-launch';
import { addUrl, authUrl, gatewayIn, isMixedContent, isWebAddress } from './app-proxy';
import { ClientError } from './errors';
import { gatewayOf } from './gateway';
import { fileContent, privateKeyIn } from './session-file';

const at = 'https://proxy.example.org:10200';

describe('addresses of the app proxy (SES-C41)', () => {
  it('name the app, and only what was wished', () => {
    expect(addUrl(at, 't/1', 's1', { app: 'jupyterlab', protocol: 'http', path: '/lab' })).toBe(`${at}/v2/proxy/t%2F1/s1/add?app=jupyterlab&protocol=http&redirect=%2Flab`);
    const wish = { app: 'x', protocol: 'preopen', port: 10300, openToPublic: true, allowedClientIps: '10.0.0.0/8,::1' };
    expect(addUrl(at, 't', 's', wish)).toBe(`${at}/v2/proxy/t/s/add?app=x&protocol=preopen&open_to_public=true&allowed_client_ips=10.0.0.0%2F8%2C%3A%3A1&port=10300`);
    expect(authUrl(at, 't', 's', { app: 'x', protocol: 'http', allowedClientIps: '10.0.0.1' })).toBe(`${at}/v2/proxy/auth?app=x&protocol=http&token=t&session_id=s`);
  });

  it.each([
    ['https:', 'http://proxy.example.org', true],
    ['https:', 'https://proxy.example.org', false],
    ['http:', 'http://proxy.example.org', false],
    ['https:', 'http://127.0.0.1:5050', false],
    ['https:', 'http://localhost:5050', false],
    ['https:', 'http://app.localhost', false],
    ['https:', 'http://[::1]:1', false],
    ['https:', 'nonsense', false],
  ])('%s page, %s: mixed content %s (pitfall 7)', (page, address, mixed) => {
    expect(isMixedContent(page, address)).toBe(mixed);
  });

  it('opens web addresses only', () => {
    expect([`${at}/x`, 'javascript:alert(1)', 'data:text/html,x', '//x', ''].map(isWebAddress)).toEqual([true, false, false, false, false]);
  });
});

describe('the gateway of an app that is no web page (SES-C41, step 4)', () => {
  it.each([
    ['tcp://gw.example.org:10300', { host: 'gw.example.org', port: 10300 }],
    ['10.0.0.1:22', { host: '10.0.0.1', port: 22 }],
    ['tcp://[2001:db8::1]:22', { host: '2001:db8::1', port: 22 }],
    ['tcp://gw.example.org', null],
    // What a user pastes into a shell is no command of somebody else's.
    ['tcp://$(id):22', null],
    ['tcp://a;b:22', null],
    ['tcp://-oProxyCommand=x:22', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(gatewayOf(text)).toEqual(expected);
  });

  it('is taken from the address for the local helper, in either spelling', () => {
    const start = 'http://localhost:45678/start?directTCP=true&auth=x&proto=tcp&gateway=tcp%3A%2F%2Fgw%3A10300';
    expect(gatewayIn({ redirectURI: start })).toEqual({ host: 'gw', port: 10300 });
    expect(gatewayIn({ redirectURI: null, redirect: start })).toEqual({ host: 'gw', port: 10300 });
    expect(gatewayIn({ redirectURI: 'http://localhost:45678/start' })).toBeNull();
    expect(gatewayIn({ redirect: 'nonsense' })).toBeNull();
  });
});

describe('SES-290 what a refusal of the proxy stands for', () => {
  const of = (init: { kind: ClientError['kind']; status?: number }) => ofProxy(new ClientError({ title: 'x', operation: 'x', ...init }), at).failure;
  it.each([
    ['server', 503, 'worker-full'],
    ['conflict', 409, 'port-taken'],
    ['forbidden', 403, 'client-not-allowed'],
    ['auth', 401, 'proxy-refused'],
    ['server', 502, 'app-not-up'],
    ['shape', 200, 'proxy-refused'],
    ['timeout', undefined, 'slow'],
    ['network', undefined, 'proxy-unreachable'],
  ] as const)('%s %s: %s', (kind, status, failure) => {
    expect(of({ kind, status })).toBe(failure);
  });
});

describe('a file out of a container', () => {
  const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----';
  it('loses the archive that older agents leave around it', () => {
    const header = `${'.password'.padEnd(124, '\0')}00000000006\0`.padEnd(257, '\0') + 'ustar'.padEnd(255, '\0');
    expect(fileContent(`${header}secret${'\0'.repeat(506)}`)).toBe('secret');
    expect(fileContent('secret')).toBe('secret');
  });

  it('gives its key from the first line to the last', () => {
    expect(privateKeyIn(`\0\0junk${key}\n\0\0`)).toBe(`${key}\n`);
    expect(privateKeyIn('-----BEGIN RSA PRIVATE KEY-----\n')).toBeNull();
    expect(privateKeyIn('nothing')).toBeNull();
  });
});

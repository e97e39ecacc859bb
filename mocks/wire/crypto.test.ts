// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { decodePayload, signatureOf } from './crypto';

describe('signed calls (access-and-shell, API mode)', () => {
  const secret = 'cWbsM_vBB4CzTW7JdORRMx8SjGI3-wEXAMPLEKEY';
  const parts = {
    host: 'manager.example.net:8081',
    date: '2025-05-08T03:04:05.678Z',
    version: 'v8.20240915',
    contentType: 'application/json',
  };

  it('computes the worked example', () => {
    expect(signatureOf({ ...parts, method: 'POST', path: '/admin/gql' }, secret)).toBe('74ace3672fb8aecc1774762678de668500cb68c1c7e1ac79b31ab722020697c5');
    expect(signatureOf({ ...parts, method: 'get', path: '/auth/role?group=11111111-2222-3333-4444-555555555555' }, secret)).toBe(
      '8d5e508013c4bb729d24c8085addf7a601093999dda38681036d81936e0058bb',
    );
  });
});

describe('encoded bodies (ACC-023)', () => {
  const sent = '0123456789abcdef:PyvGzWTwhACvslneA2in98O8VcN8+3VrqhLYItmG1mGy7ZpKKypJHlDGBl+g0kiWnMECktJaowUgBA9A/msAEg==';

  it('opens the worked example', () => {
    expect(decodePayload(sent, 'http://console.example.net:8090')).toBe('{"username":"user@example.net","password":"P@ssw0rd1"}');
  });

  it('fails where the server sees itself under another address', () => {
    expect(decodePayload(sent, 'http://inner.example.net:8090')).not.toBe('{"username":"user@example.net","password":"P@ssw0rd1"}');
    expect(decodePayload('rubbish', 'http://console.example.net:8090')).toBeNull();
  });
});

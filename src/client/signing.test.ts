// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { authorization, sign } from './signing';

const secret = 'cWbsM_vBB4CzTW7JdORRMx8SjGI3-wEXAMPLEKEY';
const call = {
  method: 'post',
  url: 'http://manager.example.net:8081/admin/gql',
  date: '2025-05-08T03:04:05.678Z',
  contentType: 'application/json',
  apiVersion: 'v8.20240915',
};

describe('signing, the worked example of the specification', () => {
  it('signs seven lines', () => {
    expect(sign(call, secret).text).toBe(
      [
        'POST',
        '/admin/gql',
        '2025-05-08T03:04:05.678Z',
        'host:manager.example.net:8081',
        'content-type:application/json',
        'x-backendai-version:v8.20240915',
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      ].join('\n'),
    );
  });

  it('makes the keys and the signature', () => {
    expect(sign(call, secret)).toMatchObject({
      dayKey: 'ea100fbaf1ddfd327a4654b3f9dfc72c3633738b8abde5661d2468ae187596f1',
      hostKey: '6318220179740763a858fdc712eb123576f3e1ea6a40d78c6946dc3b1c14cfa6',
      signature: '74ace3672fb8aecc1774762678de668500cb68c1c7e1ac79b31ab722020697c5',
    });
  });

  it('signs the raw query', () => {
    const url = 'http://manager.example.net:8081/auth/role?group=11111111-2222-3333-4444-555555555555';
    expect(sign({ ...call, method: 'GET', url }, secret).signature).toBe(
      '8d5e508013c4bb729d24c8085addf7a601093999dda38681036d81936e0058bb',
    );
  });

  it('signs a path that is part of the endpoint, a default port as none, a type without parameters', () => {
    const { text } = sign(
      { ...call, url: 'https://gate.example:443/manager/admin/gql', contentType: 'application/json; charset=utf-8' },
      secret,
    );
    const lines = text.split('\n');
    expect(lines[1]).toBe('/manager/admin/gql');
    expect(lines[3]).toBe('host:gate.example');
    expect(lines[4]).toBe('content-type:application/json');
  });

  it('writes the header', () => {
    expect(authorization(call, { accessKey: 'AKIAEXAMPLE234567ABC', secretKey: secret })).toBe(
      'BackendAI signMethod=HMAC-SHA256, credential=AKIAEXAMPLE234567ABC:74ace3672fb8aecc1774762678de668500cb68c1c7e1ac79b31ab722020697c5',
    );
  });
});

// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { encryptPayload } from './encrypted-payload';

describe('encrypted payload (ACC-023)', () => {
  it('is the worked example of the specification', () => {
    const plain = '{"username":"user@example.net","password":"P@ssw0rd1"}';
    expect(encryptPayload('http://console.example.net:8090', plain, '0123456789abcdef')).toBe(
      '0123456789abcdef:PyvGzWTwhACvslneA2in98O8VcN8+3VrqhLYItmG1mGy7ZpKKypJHlDGBl+g0kiWnMECktJaowUgBA9A/msAEg==',
    );
  });

  it('takes a new iv of 16 letters and digits each time', () => {
    const sent = Array.from({ length: 20 }, () => encryptPayload('http://a.example', '{}').split(':')[0]);
    for (const iv of sent) expect(iv).toMatch(/^[A-Za-z0-9]{16}$/);
    expect(new Set(sent).size).toBe(sent.length);
  });
});

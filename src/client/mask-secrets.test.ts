// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { mask, maskText, maskValue } from './mask-secrets';

const secrets = ['P@ssw0rd!', '123456', 'wJalrXUtnFEMIK7MDENG', 'abcdef0123', 'hf_model_key'];

describe('masking (ACC-122, SEC-07)', () => {
  it('masks bodies by the names of their keys, at any depth', () => {
    const masked = JSON.stringify(
      maskValue({
        username: 'user@example.com',
        password: secrets[0],
        otp: secrets[1],
        list: [{ secret_key: secrets[2], access_key: 'AKIAEXAMPLE' }],
        sToken: secrets[3],
        registration_token: secrets[3],
        login_session_token: secrets[3],
        old_password: secrets[0],
        new_password2: secrets[0],
        current_password: secrets[0],
        ssh_private_key: secrets[2],
        privkey: secrets[2],
        totp_key: secrets[2],
        config: { environ: { HF_TOKEN: secrets[4], PLAIN: secrets[4] }, resources: { cpu: 1 } },
        payload: JSON.stringify([{ template: { environ: { A: secrets[4] }, password: 'x"P@ssw0rd!' } }]),
        empty: { password: '' },
        totp_activated: true,
      }),
    );
    for (const secret of secrets) expect(masked).not.toContain(secret);
    expect(masked).toContain('user@example.com');
    expect(masked).toContain('AKIAEXAMPLE');
    expect(masked).toContain('"HF_TOKEN"');
    expect(masked).toContain('"resources":{"cpu":1}');
    expect(masked).toContain('"totp_activated":true');
  });

  it.each([
    ['https://c.example/?sToken=abcdef0123&x=1#t', `https://c.example/?sToken=${mask}&x=1#t`],
    ['/change-password?token=abcdef0123', `/change-password?token=${mask}`],
    ['Authorization: Bearer abcdef0123', `Authorization: Bearer ${mask}`],
    ['credential=AKIAEXAMPLE:abcdef0123', `credential=${mask}`],
    ['sent {"password": "P@ss\\"w0rd!", "a": 1}', `sent {"password": "${mask}", "a": 1}`],
    ['x {\\"secret_key\\": \\"wJ\\\\\\"alrX\\"}', `x {\\"secret_key\\": \\"${mask}\\"}`],
    ['{\\"secret_key\\": \\"wJalrXUtnFEMIK7MDENG\\"}', `{\\"secret_key\\": \\"${mask}\\"}`],
    ['a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b', `a ${mask} b`],
    ['no secret here: tokens=3 are fine', `no secret here: tokens=${mask} are fine`],
    ['/session?page=2', '/session?page=2'],
  ])('masks %j', (text, masked) => expect(maskText(text)).toBe(masked));
});

// @vitest-environment node
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { configToml } from './config-toml';

const at = (version: string, overrides = {}) => configToml({ version, endpoint: 'http://console.example.org', overrides });

describe('config.toml as webservers build it (ACC-005, ACC-006)', () => {
  it('doubles the debug line up to 26.3, so that a strict parser refuses it', () => {
    expect(at('25.5.2').match(/^debug = /gm)).toHaveLength(2);
    expect(() => parse(at('25.5.2'))).toThrow();
    expect(at('26.8.1').match(/^debug = /gm)).toHaveLength(1);
    expect(parse(at('26.8.1')).general).toMatchObject({ apiEndpoint: 'http://console.example.org', connectionMode: 'SESSION' });
  });

  it('comments nulls out', () => {
    expect(at('26.8.1')).toMatch(/^# singleSignOnVendors = $/m);
    expect(at('26.8.1', { general: { systemSSHImage: null } })).toMatch(/^# systemSSHImage = $/m);
  });

  it('writes lists as one string up to 25.13.1 and as arrays after', () => {
    const menu = { menu: { blocklist: ['summary', 'pipeline'] } };
    expect(at('25.13.1', menu)).toContain('blocklist = "summary,pipeline"');
    expect(at('26.8.1', menu)).toContain('blocklist = ["summary", "pipeline"]');
  });

  it('has the keys of its version', () => {
    expect(at('24.03.12')).not.toContain('enableExtendLoginSession');
    expect(at('24.09.9')).toContain('enableExtendLoginSession');
    expect(at('25.5.2')).toContain('enable2FA');
    expect(at('26.8.1')).not.toContain('enable2FA');
    expect(at('26.8.1')).toContain('allowThemeMode');
  });
});

// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { helpAddress } from './help-map';

describe('the manual’s chapter of a page (ACC-068)', () => {
  it('is that of the table, in English or Korean', () => {
    const en = 'https://webui.docs.backend.ai/en/latest/';
    expect(helpAddress('/session', 'en')).toBe(`${en}sessions_all/sessions_all.html`);
    expect(helpAddress('/session/start', 'de')).toBe(`${en}sessions_all/sessions_all.html`);
    expect(helpAddress('/', 'ko')).toBe('https://webui.docs.backend.ai/ko/latest/summary/summary.html');
    expect(helpAddress('/service/update/1', 'en')).toBe(`${en}model_serving/model_serving.html`);
    expect(helpAddress('/storage-settings/local:volume1', 'en')).toBe(`${en}admin_menu/admin_menu.html#query-agent-nodes`);
    expect(helpAddress('/my-environment', 'en')).toBe(`${en}my_environments/my_environments.html`);
    expect(helpAddress('/agent-summary', 'en')).toBe(`${en}agent_summary/agent_summary.html`);
  });

  it('is the manual itself where a page has none', () => {
    expect(helpAddress('/sessions-of-mine', 'ko')).toBe('https://webui.docs.backend.ai/ko/latest/');
  });
});

import * as z from 'zod/mini';
import { normalizeEndpoint } from '../client/config';
import { readLocal, writeLocal } from '../lib/storage';

export type EndpointCheck =
  | { ok: true; endpoint: string }
  | { ok: false; reason: 'endpointEmpty' | 'endpointScheme' | 'endpointInvalid' };

/** What was typed as the address that is called, or what is wrong with it (ACC-012). */
export function checkEndpoint(typed: string): EndpointCheck {
  const text = typed.trim();
  if (text === '') return { ok: false, reason: 'endpointEmpty' };
  if (!/^https?:\/\//i.test(text)) return { ok: false, reason: 'endpointScheme' };
  const endpoint = normalizeEndpoint(text);
  return endpoint === null ? { ok: false, reason: 'endpointInvalid' } : { ok: true, endpoint };
}

const key = 'endpoints';
const schema = z.array(z.string());
const modeKey = 'loginMode';
/** ACC-012: the last five are kept. */
const kept = 5;

export const endpointHistory = {
  /** Newest first. */
  list(): string[] {
    return readLocal(key, schema) ?? [];
  },
  remember(endpoint: string): void {
    writeLocal(key, [endpoint, ...endpointHistory.list().filter((known) => known !== endpoint)].slice(0, kept));
  },
  forget(endpoint: string): void {
    writeLocal(
      key,
      endpointHistory.list().filter((known) => known !== endpoint),
    );
  },
};

/** How this browser logged in last, where the site leaves the choice (ACC-017): after a reload the form is as it was. */
export const lastLoginMode = {
  get(): 'SESSION' | 'API' | null {
    return readLocal(modeKey, z.enum(['SESSION', 'API']));
  },
  remember(mode: 'SESSION' | 'API'): void {
    writeLocal(modeKey, mode);
  },
};

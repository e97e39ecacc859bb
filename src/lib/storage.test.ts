// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import {
  clearUserData,
  onLocalChange,
  perEndpointKey,
  readLocal,
  readSession,
  removeLocal,
  writeLocal,
  writeSession,
} from './storage';

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => vi.restoreAllMocks());

describe('storage', () => {
  it('keeps what fits the schema and forgets the rest', () => {
    writeLocal('theme', 'dark');
    expect(localStorage.getItem('bai.theme')).toBe('"dark"');
    expect(readLocal('theme', z.string())).toBe('dark');
    expect(readLocal('theme', z.number())).toBeNull();
    localStorage.setItem('bai.theme', '{broken');
    expect(readLocal('theme', z.string())).toBeNull();
    removeLocal('theme');
    expect(readLocal('theme', z.string())).toBeNull();
  });

  it('says so when the storage is full, and does not throw', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(writeLocal('theme', 'dark')).toBe(false);
    expect(writeSession('draft', 1)).toBe(false);
  });

  it('SEC-08 removes what belongs to the person and keeps the settings of the browser', () => {
    writeLocal('theme', 'dark');
    writeLocal('user.log', []);
    writeLocal(perEndpointKey('https://a.example', 'user.clock'), 1);
    writeSession('draft', { name: 'x' });
    localStorage.setItem('other-app', 'stays');
    sessionStorage.setItem('other-app', 'stays');
    clearUserData();
    expect(Object.keys(localStorage).sort()).toEqual(['bai.theme', 'other-app']);
    expect(Object.keys(sessionStorage)).toEqual(['other-app']);
    expect(readSession('draft', z.unknown())).toBeNull();
  });

  it('tells of another tab', () => {
    const changed = vi.fn();
    const off = onLocalChange('user.clock', changed);
    window.dispatchEvent(new StorageEvent('storage', { key: 'bai.other', storageArea: localStorage }));
    expect(changed).not.toHaveBeenCalled();
    window.dispatchEvent(new StorageEvent('storage', { key: 'bai.user.clock', storageArea: localStorage }));
    window.dispatchEvent(new StorageEvent('storage', { key: null, storageArea: localStorage }));
    expect(changed).toHaveBeenCalledTimes(2);
    off();
    window.dispatchEvent(new StorageEvent('storage', { key: 'bai.user.clock', storageArea: localStorage }));
    expect(changed).toHaveBeenCalledTimes(2);
  });
});

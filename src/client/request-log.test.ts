// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { requestLog } from './request-log';
import type { NewLogEntry } from './request-log';

const entry: NewLogEntry = {
  isError: false,
  type: 'Me',
  requestUrl: '/func/admin/gql',
  requestMethod: 'POST',
  statusCode: 200,
  statusText: 'OK',
  title: '',
  message: '',
};

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  requestLog.clear();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('request log (ACC-120, ACC-122)', () => {
  it('masks before anything is kept, and writes a moment later', () => {
    const heard = vi.fn();
    const off = requestLog.subscribe(heard);
    requestLog.add({ ...entry, requestUrl: '/x?token=hushhush1', message: 'password=hushhush1', parameters: { password: 'hushhush1' } });
    off();
    expect(heard).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(requestLog.entries())).not.toContain('hushhush1');
    expect(localStorage.length).toBe(0);
    vi.advanceTimersByTime(2000);
    expect(localStorage.getItem('bai.user.log')).toContain('"requestMethod":"POST"');
    expect(localStorage.getItem('bai.user.log')).not.toContain('hushhush1');
  });

  it('keeps the last 3000', () => {
    for (let i = 0; i < 3010; i += 1) requestLog.add({ ...entry, type: `n${i}` });
    expect(requestLog.entries()).toHaveLength(3000);
    expect(requestLog.entries()[0]?.type).toBe('n10');
  });

  it('drops the oldest third when the storage is full', () => {
    for (let i = 0; i < 9; i += 1) requestLog.add({ ...entry, type: `n${i}` });
    const real = Storage.prototype.setItem;
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(function (this: Storage, key: string, value: string) {
      if ((JSON.parse(value) as unknown[]).length > 6) throw new DOMException('full', 'QuotaExceededError');
      real.call(this, key, value);
    });
    requestLog.flush();
    expect(requestLog.entries().map((kept) => kept.type)).toEqual(['n3', 'n4', 'n5', 'n6', 'n7', 'n8']);
  });

  it('follows the other tabs, and forgets all at log-out', () => {
    requestLog.add({ ...entry, type: 'mine' });
    const theirs = { ...entry, type: 'theirs', timestamp: 1, requestParameters: '' };
    localStorage.setItem('bai.user.log', JSON.stringify([theirs]));
    window.dispatchEvent(new StorageEvent('storage', { key: 'bai.user.log', storageArea: localStorage }));
    expect(requestLog.entries().map((kept) => kept.type)).toEqual(['theirs', 'mine']);
    requestLog.clear();
    expect(requestLog.entries()).toEqual([]);
    expect(localStorage.length).toBe(0);
  });
});

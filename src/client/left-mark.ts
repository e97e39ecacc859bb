/**
 * A log-out that the server has not heard of yet, for each endpoint. The cookie is not ours to delete, so the next
 * start must not take it for a log-in (SEC-08).
 */
import * as z from 'zod/mini';
import { perEndpointKey, readLocal, removeLocal, writeLocal } from '../lib/storage';
import { connection } from './connection';

function key(): string {
  return perEndpointKey(connection.get().endpoint, 'left');
}

export const leftMark = {
  isSet: (): boolean => readLocal(key(), z.boolean()) ?? false,
  set(): void {
    writeLocal(key(), true);
  },
  clear(): void {
    removeLocal(key());
  },
};

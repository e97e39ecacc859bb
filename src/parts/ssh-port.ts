import * as z from 'zod/mini';
import { connection } from '../client/connection';
import { perEndpointKey, readLocal, removeLocal, writeLocal } from '../lib/storage';

/** The port that a user would like for SSH (SES-286), kept in this browser. */
const key = (userId: string) => perEndpointKey(connection.get().endpoint, `ssh-port.${userId}`);
const schema = z.number();

export const sshPorts = { min: 1025, max: 65_534 };

export function readSshPort(userId: string): number | null {
  return readLocal(key(userId), schema);
}

export function writeSshPort(userId: string, port: number | null): void {
  if (port === null) removeLocal(key(userId));
  else writeLocal(key(userId), port);
}

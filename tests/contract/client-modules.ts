import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { operations, routes } from '../../src/client/transport';
import type { AnyRoute } from './rest-routes';
import type { AnyOperation } from './versions';

/** All operations and routes of the client: every module of its room is loaded, so that none goes unseen. */
export async function loadClient(root: string): Promise<{ operations: AnyOperation[]; routes: AnyRoute[] }> {
  const folder = join(root, 'src/client');
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  await Promise.all(files.map((file) => import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href)));
  return { operations: [...operations], routes: [...routes] };
}

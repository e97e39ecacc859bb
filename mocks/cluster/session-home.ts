import type { Files } from './api';
import type { Context } from './context';
import { ManagerError, invalidParams } from './errors';
import { absolute, nameOf } from './files/file-system';
import { FsError, sizeOf } from './files/entries';
import type { Session } from './types';

/** One file of the main container, as `download_single` gives it out. */

const HOME = '/home/work';
const LARGEST = 2 ** 20;

function failed(msg: string): ManagerError {
  return new ManagerError({ status: 500, slug: 'internal-server-error', title: 'Internal server error.', msg, errorCode: 'backendai_generic_internal-error' });
}

/** A tar's header before a file's bytes and zeros after it, as agents before 24.09 leave them in. */
function asArchive(name: string, content: Uint8Array): Uint8Array {
  const header = [name.padEnd(100, '\0'), '0000600\0', '0002100\0', '0002100\0', `${content.length.toString(8).padStart(11, '0')}\0`, '00000000000\0', '000000\0 ', '0']
    .join('')
    .padEnd(257, '\0');
  const archive = new Uint8Array(512 + Math.ceil(content.length / 512) * 512);
  archive.set(new TextEncoder().encode(`${header}ustar\0`));
  archive.set(content, 512);
  return archive;
}

export function downloadSingle(ctx: Context, files: Files, session: Session, path: string): Uint8Array {
  const full = absolute(path, HOME);
  if (!full.startsWith(`${HOME}/`)) throw invalidParams(`You cannot download files outside ${HOME}`);
  const fs = files.inSession(session);
  try {
    if (sizeOf(fs.stat(full)) > LARGEST) throw failed('Too large file');
    const bytes = fs.bytes(full);
    return ctx.atLeast('24.09') ? bytes : asArchive(nameOf(full), bytes);
  } catch (error) {
    throw error instanceof FsError ? failed(`Could not find the file: ${full} (${error.message})`) : error;
  }
}

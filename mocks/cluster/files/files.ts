import type { Files } from '../api';
import type { Context } from '../context';
import { notFound } from '../errors';
import { containerFiles, folderFiles } from './volumes';

export function createFiles(ctx: Context): Files {
  return {
    inSession(session, kernelId) {
      const kernel = kernelId ? session.kernels.find((one) => one.id === kernelId) : session.kernels[0];
      const lives = session.startsAt !== null && session.terminatedAt === null;
      if (!kernel || !lives) throw notFound('No such kernel.', `Kernel not found (id: ${kernelId ?? session.id})`, 'kernel_read_not-found');
      return containerFiles(ctx, session, kernel);
    },
    inFolder: (folder, options = {}) => folderFiles(ctx, folder, options.readOnly === true),
  };
}

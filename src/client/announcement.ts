import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { toClientError } from './errors';
import { defineRoute, rest } from './transport';

const announcement = defineRoute({
  name: 'announcement',
  method: 'GET',
  path: '/manager/announcement',
  result: z.object({ enabled: z.nullish(z.boolean()), message: z.nullish(z.string()) }),
});

/** The message in Markdown; null where there is none, or where the newest managers tell it to superadmins only. */
async function fetchAnnouncement(signal: AbortSignal): Promise<string | null> {
  try {
    const { enabled, message } = await rest(announcement, { signal });
    return enabled && message ? message : null;
  } catch (e) {
    if (toClientError(e).kind === 'forbidden') return null;
    throw e;
  }
}

export const announcementQueries = {
  current: () =>
    queryOptions({
      queryKey: ['announcement'],
      queryFn: ({ signal }) => fetchAnnouncement(signal),
      // One that comes during a visit shows when the reader comes back to the tab.
      staleTime: 10 * 60_000,
    }),
};

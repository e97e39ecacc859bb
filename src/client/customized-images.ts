import { mutationOptions, queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ClientError, toClientError } from './errors';
import { imageRecord, toImage } from './images';
import type { Image } from './images';
import { defineOperation, defineRoute, gql, rest, vars } from './transport';

/** Images that the user has made of sessions (SES-330…341, SES-C60). */
export interface CustomizedImage extends Image {
  /** Bytes; null where it is not told. */
  size: number | null;
}

const size = z.pipe(
  z.nullable(z.union([z.number(), z.string()])),
  z.transform((raw: string | number | null) => {
    const value = raw === null || raw === '' ? Number.NaN : Number(raw);
    return Number.isFinite(value) && value >= 0 ? value : null;
  }),
);

const operation = defineOperation({
  name: 'CustomizedImages',
  kind: 'query',
  since: 'customizedImageList',
  document: (can) => `query CustomizedImages {
    customized_images {
      id name tag registry architecture digest labels { key value } resource_limits { key min }
      supported_accelerators size_bytes
      ${can('extendedImageData') ? 'namespace base_image_name tags { key value } version' : ''}
    }
  }`,
  data: z.object({
    customized_images: z.nullable(z.array(z.nullable(z.extend(z.omit(imageRecord, { installed: true }), { size_bytes: size })))),
  }),
});

/** How many images one may have; null where no limit is told. */
const policy = defineOperation({
  name: 'CustomizedImageLimit',
  kind: 'query',
  document: 'query CustomizedImageLimit { user_resource_policy { max_customized_image_count } }',
  data: z.object({ user_resource_policy: z.nullable(z.object({ max_customized_image_count: z.nullable(z.number()) })) }),
});

const outcome = z.nullable(z.object({ ok: z.nullable(z.boolean()), msg: z.nullable(z.string()) }));

const untag = defineOperation({
  name: 'UntagImage',
  kind: 'mutation',
  since: 'customizedImageList',
  document: 'mutation UntagImage($id: String!) { untag_image_from_registry(image_id: $id) { ok msg } }',
  data: z.object({ untag_image_from_registry: outcome }),
  variables: vars<{ id: string }>(),
});

const forget = defineOperation({
  name: 'ForgetImage',
  kind: 'mutation',
  since: 'customizedImages',
  document: 'mutation ForgetImage($id: String!) { forget_image_by_id(image_id: $id) { ok msg } }',
  data: z.object({ forget_image_by_id: outcome }),
  variables: vars<{ id: string }>(),
});

const commitRoute = defineRoute({
  name: 'commit-session',
  method: 'POST',
  path: '/session/{id}/imagify',
  body: z.object({ image_name: z.string(), image_visibility: z.string() }),
  result: z.object({ task_id: z.string() }),
  since: 'customizedImages',
});

const commitStatus = defineRoute({
  name: 'commit-status',
  method: 'GET',
  path: '/session/{id}/commit',
  result: z.object({ status: z.nullish(z.string()) }),
});

function refused(name: string, result: z.infer<typeof outcome>): ClientError | null {
  if (result?.ok) return null;
  return new ClientError({ kind: 'invalid', title: result?.msg || 'refused', operation: name });
}

/** SES-R01: the manager takes more, but a name is shown as a tag. */
export const commitNamePattern = /^[A-Za-z0-9_-]{4,32}$/;

export interface CommitRequest {
  sessionId: string;
  name: string;
}

export interface RemovedImage {
  /** The image may come back at the registry's next scan: its tag could not be taken away there (pitfall 19). */
  tagLeft: ClientError | null;
}

export const customizedImageQueries = {
  /** The caller's own, all in one answer: the manager neither sorts nor pages them. */
  mine: () =>
    queryOptions({
      queryKey: ['images', 'customized'],
      queryFn: async ({ signal }): Promise<CustomizedImage[]> => {
        const { customized_images: listed } = await gql(operation, {}, { signal });
        return (listed ?? []).flatMap((raw) => {
          const image = raw && toImage(raw);
          return image ? [{ ...image, size: raw.size_bytes }] : [];
        });
      },
    }),

  limit: () =>
    queryOptions({
      queryKey: ['images', 'customized-limit'],
      queryFn: async ({ signal }): Promise<number | null> =>
        (await gql(policy, {}, { signal })).user_resource_policy?.max_customized_image_count ?? null,
    }),

  /** Whether an image is being made of the session now; asked again until it is done. */
  committing: (sessionId: string) =>
    queryOptions({
      queryKey: ['images', 'committing', sessionId],
      queryFn: async ({ signal }): Promise<boolean> =>
        (await rest(commitStatus, { params: { id: sessionId }, signal })).status === 'ongoing',
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data ? 5000 : false),
    }),
};

export const customizedImageMutations = {
  /** Begins; answers the background task that does it. */
  commit: () =>
    mutationOptions({
      mutationKey: ['images', 'commit'],
      mutationFn: async ({ sessionId, name }: CommitRequest): Promise<string> => {
        // Managers differ in where they look, so both the query and the body carry it.
        const values = { image_name: name, image_visibility: 'user' };
        return (await rest(commitRoute, { params: { id: sessionId }, query: values, body: values })).task_id;
      },
      meta: { invalidates: [['images', 'committing']] },
    }),

  /** Untags, then forgets: whatever the registry says, the image is offered no more (SES-341). */
  remove: () =>
    mutationOptions({
      mutationKey: ['images', 'remove'],
      mutationFn: async (id: string): Promise<RemovedImage> => {
        let tagLeft: ClientError | null = null;
        try {
          tagLeft = refused(untag.name, (await gql(untag, { id })).untag_image_from_registry);
        } catch (cause) {
          const error = toClientError(cause, untag.name);
          // Without an answer or a log-in the second call would fare no better, and this one may be tried again.
          if (['network', 'timeout', 'auth', 'rate-limited'].includes(error.kind)) throw error;
          tagLeft = error;
        }
        const failed = refused(forget.name, (await gql(forget, { id })).forget_image_by_id);
        if (failed) throw failed;
        return { tagLeft };
      },
      meta: { invalidates: [['images']] },
    }),
};

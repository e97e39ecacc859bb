import { mutationOptions, queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { parseTime } from '../lib/time';
import { defineRoute, rest } from './transport';

/** A launch that is kept by the manager (SES-C30). Everybody on the cluster is told everybody's. */
export interface SessionTemplate {
  /** 32 hexadecimal digits. */
  id: string;
  name: string;
  /** Milliseconds since 1970. */
  createdAt: number | null;
  isOwner: boolean;
  ownerEmail: string | null;
  /** The project's name. */
  project: string | null;
  type: 'interactive' | 'batch';
  /** `registry/project/name:tag` */
  image: string;
  architecture: string;
  environ: Record<string, string>;
  startupCommand: string;
  bootstrapScript: string;
  tag: string;
  resourceGroup: string | null;
  /** Folder name → path; '' = the default place. */
  mounts: Record<string, string>;
  /** As written: `1`, `4g`, bytes. */
  resources: Record<string, string>;
  more: TemplateMore;
}

/** What templates have no place for; managers keep further keys at the top as they are. */
const moreSchema = z.object({
  cluster_size: z.nullish(z.number()),
  cluster_mode: z.nullish(z.string()),
  shmem: z.nullish(z.string()),
  preopen_ports: z.nullish(z.array(z.number())),
});
export type TemplateMore = z.infer<typeof moreSchema>;

const text = z.nullish(z.string());
/** People and programs write numbers, texts, and nothing at all. */
const loose = z.nullish(z.record(z.string(), z.unknown()));

const taskSchema = z.object({
  metadata: z.nullish(z.object({ name: text, tag: text })),
  spec: z.nullish(
    z.object({
      type: text,
      session_type: text,
      sessionType: text,
      kernel: z.nullish(
        z.object({
          image: text,
          architecture: text,
          environ: loose,
          run: z.nullish(z.object({ bootstrap: text, startup: text, startup_command: text, startupCommand: text })),
        }),
      ),
      scaling_group: text,
      mounts: loose,
      resources: loose,
    }),
  ),
  console: z.catch(z.nullish(moreSchema), null),
});

const listed = z.object({
  id: z.string(),
  name: text,
  created_at: text,
  is_owner: z.nullish(z.boolean()),
  user_email: text,
  group_name: text,
  // Everybody may write one: what is odd in it is lost, the list is not.
  template: z.catch(z.nullish(taskSchema), null),
});

function texts(map: Record<string, unknown> | null | undefined): Record<string, string> {
  const plain = Object.entries(map ?? {}).map(([key, value]) => [key, typeof value === 'string' || typeof value === 'number' ? String(value) : '']);
  return Object.fromEntries(plain) as Record<string, string>;
}

function toTemplate({ template, ...raw }: z.infer<typeof listed>): SessionTemplate {
  const { spec, metadata } = template ?? {};
  const { kernel } = spec ?? {};
  const type = spec?.session_type ?? spec?.type ?? spec?.sessionType ?? 'interactive';
  return {
    id: raw.id,
    name: raw.name || metadata?.name || raw.id,
    createdAt: parseTime(raw.created_at),
    isOwner: raw.is_owner ?? false,
    ownerEmail: raw.user_email ?? null,
    project: raw.group_name ?? null,
    type: type.toLowerCase() === 'batch' ? 'batch' : 'interactive',
    image: kernel?.image ?? '',
    architecture: kernel?.architecture ?? 'x86_64',
    environ: texts(kernel?.environ),
    startupCommand: kernel?.run?.startup_command ?? kernel?.run?.startup ?? kernel?.run?.startupCommand ?? '',
    bootstrapScript: kernel?.run?.bootstrap ?? '',
    tag: metadata?.tag ?? '',
    resourceGroup: spec?.scaling_group ?? null,
    mounts: texts(spec?.mounts),
    resources: texts(spec?.resources),
    more: template?.console ?? {},
  };
}

const list = defineRoute({ name: 'session-templates', method: 'GET', path: '/template/session', result: z.array(listed) });

const create = defineRoute({
  name: 'create-session-template',
  method: 'POST',
  path: '/template/session',
  body: z.object({ group: z.string(), domain: z.string(), payload: z.string() }),
  result: z.array(z.object({ id: z.string() })),
});

const remove = defineRoute({ name: 'delete-session-template', method: 'DELETE', path: '/template/session/{id}', result: z.unknown() });

export type NewTemplate = Omit<SessionTemplate, 'id' | 'createdAt' | 'isOwner' | 'ownerEmail' | 'project'> & {
  /** The project's name. */
  project: string;
  domain: string;
};

/** One template as the manager takes it. */
export function templatePayload(template: NewTemplate): string {
  const { name, more } = template;
  const told = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined && value !== null));
  return JSON.stringify([
    {
      name,
      template: {
        apiVersion: 'v1',
        kind: 'taskTemplate',
        metadata: { name, ...(template.tag ? { tag: template.tag } : {}) },
        spec: {
          type: template.type,
          kernel: {
            image: template.image,
            architecture: template.architecture,
            environ: template.environ,
            run: { bootstrap: template.bootstrapScript || null, startup: template.startupCommand || null },
            git: null,
          },
          ...(template.resourceGroup === null ? {} : { scaling_group: template.resourceGroup }),
          mounts: template.mounts,
          resources: template.resources,
        },
        ...(Object.keys(told).length > 0 ? { console: told } : {}),
      },
    },
  ]);
}

const key = ['session-templates'] as const;

export const templateQueries = {
  list: () =>
    queryOptions({
      queryKey: key,
      queryFn: async ({ signal }) => (await rest(list, { signal })).map(toTemplate),
    }),
};

export const templateMutations = {
  create: () =>
    mutationOptions({
      mutationKey: ['session-templates', 'create'],
      mutationFn: async (template: NewTemplate): Promise<void> => {
        await rest(create, { body: { group: template.project, domain: template.domain, payload: templatePayload(template) } });
      },
      meta: { invalidates: [key] },
    }),

  remove: () =>
    mutationOptions({
      mutationKey: ['session-templates', 'remove'],
      mutationFn: async (id: string): Promise<void> => {
        await rest(remove, { params: { id } });
      },
      meta: { invalidates: [key] },
    }),
};

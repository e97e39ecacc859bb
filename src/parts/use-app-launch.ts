import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LaunchError, launchApp } from '../client/app-launch';
import type { LaunchStep } from '../client/app-launch';
import type { CircuitWish } from '../client/app-proxy';
import { appQueries } from '../client/apps';
import type { Gateway } from '../client/gateway';
import { toClientError } from '../client/errors';
import type { SessionRow } from '../client/sessions-types';
import { announce } from '../ui/announcer';
import type { OfferedApp } from './app-list';
import { openAppTab } from './app-tab';
import type { AppTab } from './app-tab';
import { useSiteConfig } from './console-context';

/** What a user adds to a launch: options of the dialog, values asked for this very app. */
export interface LaunchExtras {
  path?: string;
  port?: number;
  openToPublic?: boolean;
  allowedClientIps?: string;
  envs?: Record<string, string>;
  arguments?: Record<string, string>;
  restart?: boolean;
}

export type LaunchView =
  | { at: 'list' }
  | { at: 'ask'; app: OfferedApp }
  | { at: 'progress'; app: OfferedApp; step: LaunchStep }
  | { at: 'failed'; app: OfferedApp; extras: LaunchExtras; error: LaunchError }
  /** `blocked`: no tab could be opened, the user has to. */
  | { at: 'web'; app: OfferedApp; extras: LaunchExtras; url: string; mixed: boolean; blocked: boolean }
  | { at: 'gateway'; app: OfferedApp; gateway: Gateway };

export interface AppLaunch {
  view: LaunchView;
  show: (view: LaunchView) => void;
  /** To be called within a click: the tab is opened there, unless one is given. */
  launch: (app: OfferedApp, extras: LaunchExtras, given?: AppTab | null) => void;
}

function wishFor(app: OfferedApp, extras: LaunchExtras): CircuitWish {
  const { port, openToPublic, allowedClientIps } = extras;
  return { app: app.service, protocol: app.protocol, path: app.isGateway ? undefined : (extras.path ?? app.path), port, openToPublic, allowedClientIps };
}

/** One launch at a time, from the click to the tab or the reason why there is none (SES-283, SES-290). */
export function useAppLaunch(session: SessionRow): AppLaunch {
  const { t } = useTranslation();
  const config = useSiteConfig();
  const client = useQueryClient();
  const [view, setView] = useState<LaunchView>({ at: 'list' });
  const running = useRef<{ controller: AbortController; tab: AppTab | null } | null>(null);

  const stop = useCallback(() => {
    running.current?.controller.abort();
    running.current?.tab?.close();
    running.current = null;
  }, []);
  useEffect(() => stop, [stop]);

  const show = useCallback(
    (next: LaunchView) => {
      stop();
      setView(next);
    },
    [stop],
  );

  const launch = (app: OfferedApp, extras: LaunchExtras, given?: AppTab | null) => {
    if (running.current) return;
    const preparing = t('apps.preparing', { app: app.title });
    const run = { controller: new AbortController(), tab: given !== undefined || app.isGateway ? (given ?? null) : openAppTab(app.title, preparing) };
    running.current = run;
    const { signal } = run.controller;
    setView({ at: 'progress', app, step: 'proxy' });
    announce(preparing);

    const work = async () => {
      if (session.type === 'system' && app.name === 'sshd') {
        const gateway = await client.fetchQuery(appQueries.directAccess(session.id));
        if (!gateway) throw new LaunchError('no-address');
        return { kind: 'gateway' as const, gateway };
      }
      return launchApp(
        {
          session,
          service: app.service,
          wish: wishFor(app, extras),
          envs: extras.envs,
          arguments: extras.arguments,
          restart: extras.restart,
          localProxy: config.wsproxy.proxyURL,
        },
        { signal, onStep: (step) => !signal.aborted && setView({ at: 'progress', app, step }) },
      );
    };

    void work().then(
      (launched) => {
        if (signal.aborted) return;
        running.current = null;
        if (launched.kind === 'gateway') return setView({ at: 'gateway', app, gateway: launched.gateway });
        run.tab?.go(launched.url);
        setView({ at: 'web', app, extras, url: launched.url, mixed: launched.mixed, blocked: run.tab === null });
      },
      (cause: unknown) => {
        if (signal.aborted) return;
        running.current = null;
        run.tab?.close();
        const error = cause instanceof LaunchError ? cause : new LaunchError('other', toClientError(cause));
        setView({ at: 'failed', app, extras, error });
      },
    );
  };

  return { view, show, launch };
}

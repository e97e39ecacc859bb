import type { TFunction } from 'i18next';
import type { LaunchError, LaunchFailure, LaunchStep } from '../client/app-launch';

const keys = {
  'no-app-proxy': 'noAppProxy',
  'proxy-check-failed': 'proxyCheckFailed',
  'local-proxy-unreachable': 'localProxyUnreachable',
  'proxy-unreachable': 'proxyUnreachable',
  'session-not-running': 'sessionNotRunning',
  'app-not-found': 'appNotFound',
  'app-refused': 'appRefused',
  'app-not-started': 'appNotStarted',
  'worker-full': 'workerFull',
  'port-taken': 'portTaken',
  'client-not-allowed': 'clientNotAllowed',
  'proxy-refused': 'proxyRefused',
  'app-not-up': 'appNotUp',
  slow: 'slow',
  'mixed-content': 'mixedContent',
  'no-address': 'noAddress',
} as const satisfies Record<Exclude<LaunchFailure, 'other'>, string>;

export interface LaunchPlace {
  app: string;
  group: string;
}

/** Why the app did not open (SES-290); null where the error's own words say it. */
export function failureText(t: TFunction, { failure, address }: LaunchError, place: LaunchPlace): string | null {
  if (failure === 'other') return null;
  return t(`apps.failure.${keys[failure]}`, { ...place, address: address ?? '' });
}

/** What the server said, as it said it; of a failed start the agent's own words. */
export function serverWords({ error }: LaunchError): string | null {
  if (!error || error.kind === 'network' || error.kind === 'timeout') return null;
  const { data } = error;
  const repr = typeof data === 'object' && data !== null && 'repr' in data && typeof data.repr === 'string' ? data.repr : null;
  return [error.detail ?? error.title, repr].filter((part) => part).join(' ');
}

/** Failures in the container, whose logs may say more. */
export function pointsAtLogs({ failure }: LaunchError): boolean {
  return failure === 'app-not-started' || failure === 'app-not-up';
}

export function stepText(t: TFunction, step: LaunchStep, place: LaunchPlace): string {
  return t(`apps.step.${step}`, { ...place });
}

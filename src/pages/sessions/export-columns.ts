import type { TFunction } from 'i18next';
import { can } from '../../client/capabilities';
import type { SessionRow } from '../../client/sessions';
import { toGiB } from '../../lib/quantities';
import { acceleratorsOf } from '../../parts/session-amounts';
import { elapsedRange } from '../../parts/session-words';
import type { ConsoleFacts } from '../../parts/console-context';

export interface ExportColumn {
  key: string;
  title: string;
  value: (session: SessionRow) => string | number | null;
}

/** The list's columns as plain values: numbers without units, times as the manager writes them. */
export function exportColumns(t: TFunction, { me, projects }: ConsoleFacts, agentsShown: boolean, now: number): ExportColumn[] {
  const admin = me.role !== 'user';
  const amounts = (session: SessionRow) => (session.status === 'PENDING' ? session.requestedSlots : session.occupiedSlots);
  const rounded = (value: number) => Math.round(value * 100) / 100;
  const elapsed = (session: SessionRow) => {
    const range = elapsedRange(session);
    return range === null ? null : Math.max(0, Math.round(((range.to ?? now) - range.from) / 1000));
  };
  const columns: (ExportColumn | false)[] = [
    { key: 'name', title: t('sessions.field.name'), value: (session) => session.name },
    { key: 'id', title: t('sessions.field.id'), value: (session) => session.id },
    { key: 'status', title: t('sessions.field.status'), value: (session) => session.status },
    { key: 'statusInfo', title: t('sessions.field.statusInfo'), value: (session) => session.statusInfo },
    { key: 'result', title: t('sessions.field.result'), value: (session) => session.result },
    { key: 'type', title: t('sessions.field.type'), value: (session) => session.type },
    { key: 'environments', title: t('sessions.field.environments'), value: (session) => session.image?.name ?? null },
    { key: 'resourceGroup', title: t('sessions.field.resourceGroup'), value: (session) => session.resourceGroup },
    {
      key: 'accelerator',
      title: t('sessions.field.accelerator'),
      value: (session) =>
        acceleratorsOf(amounts(session))
          .map((slot) => `${slot} ${amounts(session)[slot] ?? 0}`)
          .join('; '),
    },
    { key: 'cpu', title: t('sessions.field.cpu'), value: (session) => amounts(session).cpu ?? null },
    { key: 'memory', title: t('sessions.field.memory'), value: (session) => (amounts(session).mem === undefined ? null : rounded(toGiB(amounts(session).mem ?? 0))) },
    { key: 'clusterMode', title: t('sessions.field.clusterMode'), value: (session) => session.clusterMode },
    { key: 'clusterSize', title: t('sessions.export.clusterSize'), value: (session) => session.clusterSize },
    can('priority') && { key: 'priority', title: t('sessions.field.priority'), value: (session) => session.priority },
    { key: 'elapsed', title: t('sessions.export.elapsed'), value: elapsed },
    { key: 'dependencies', title: t('sessions.field.dependencies'), value: (session) => (session.dependencies ?? []).map(({ name }) => name).join('; ') },
    { key: 'createdAt', title: t('sessions.field.createdAt'), value: (session) => session.createdAt },
    { key: 'startsAt', title: t('sessions.field.startsAt'), value: (session) => session.startsAt },
    { key: 'terminatedAt', title: t('sessions.field.terminatedAt'), value: (session) => session.terminatedAt },
    { key: 'project', title: t('sessions.field.project'), value: (session) => projects.find(({ id }) => id === session.projectId)?.name ?? session.projectId },
    admin && { key: 'owner', title: t('sessions.field.owner'), value: (session) => session.ownerEmail ?? session.userId },
    admin && { key: 'accessKey', title: t('sessions.field.accessKey'), value: (session) => session.accessKey },
    admin && { key: 'domain', title: t('sessions.field.domain'), value: (session) => session.domain },
    agentsShown && { key: 'agent', title: t('sessions.field.agent'), value: (session) => [...new Set(session.agentIds)].join('; ') },
  ];
  return columns.filter((column) => column !== false);
}

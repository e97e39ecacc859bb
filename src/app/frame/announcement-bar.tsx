import { NotificationOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { announcementQueries } from '../../client/announcement';
import { readSession, writeSession } from '../../lib/storage';
import { Bar } from './bar';

const Markdown = lazy(() => import('../../ui/markdown').then((module) => ({ default: module.Markdown })));

/** The page's own calls go first (PER-02). */
const WAIT_MS = 2500;
/** The text that was closed; a visit lasts as long as its tab. */
const STORAGE_KEY = 'announcementClosed';

/** ACC-072: closable for the visit; another text shows again. A refusal hides it silently. */
export function AnnouncementBar() {
  const { t } = useTranslation();
  const due = useLater(WAIT_MS);
  const [closed, setClosed] = useState(() => readSession(STORAGE_KEY, z.string()));
  const { data: message } = useQuery({ ...announcementQueries.current(), enabled: due });
  if (!message || message === closed) return null;
  const close = () => {
    writeSession(STORAGE_KEY, message);
    setClosed(message);
  };
  return (
    <Bar tone="info" label={t('frame.announcement.label')} icon={<NotificationOutlined />} onClose={close}>
      <Suspense fallback={null}>
        <Markdown text={message} />
      </Suspense>
    </Bar>
  );
}

function useLater(ms: number): boolean {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return due;
}

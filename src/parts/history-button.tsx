import { HistoryOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { can } from '../client/capabilities';
import { useMe } from './console-context';

const HistoryDialog = lazy(() => import('./history-dialog').then((module) => ({ default: module.HistoryDialog })));

/** SES-043, for who may launch. */
export function HistoryButton() {
  const { t } = useTranslation();
  const { role } = useMe();
  const [open, setOpen] = useState(false);
  if (!can('recentHistory') || role === 'monitor') return null;
  return (
    <>
      <Button icon={<HistoryOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('launcher.history.button')}
      </Button>
      {open && (
        <Suspense>
          <HistoryDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

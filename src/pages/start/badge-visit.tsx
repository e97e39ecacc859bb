import { Alert, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import type { LinkFlaw } from '../../lib/import-links';
import { paths } from '../../lib/paths';
import { useRunNotebook } from '../../parts/import-blocks';

/** A badge was followed (SES-401): on to the launcher, where nothing starts by itself; a link that names no notebook says so. */
export function BadgeVisit({ notebook }: { notebook: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const run = useRunNotebook();
  const [flaw, setFlaw] = useState<LinkFlaw | null>(null);
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    // In place of the badge's address, or Back would only come here again.
    setFlaw(run(notebook, { replace: true }));
  }, [run, notebook]);
  if (flaw === null) return null;
  const close = () => void navigate(paths.start(), { replace: true });
  return (
    <Modal open title={t('start.badge.title')} okText={t('start.badge.close')} cancelButtonProps={{ style: { display: 'none' } }} onOk={close} onCancel={close} width={480}>
      <Alert type="error" showIcon role="alert" title={t(`import.flaw.${flaw}`)} description={notebook || undefined} />
    </Modal>
  );
}

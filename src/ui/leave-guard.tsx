import { Modal } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router-dom';

export interface LeaveGuardProps {
  /** There is something typed that would be lost. */
  when: boolean;
  /** What would be lost, if the usual sentence is not enough. */
  message?: string;
}

/** Asks before a changed form is left: by a link, by Back, and by closing the tab. */
export function LeaveGuard({ when, message }: LeaveGuardProps) {
  const { t } = useTranslation();
  // Steps and panels of the same page are part of its address; they lose nothing.
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => when && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!when) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [when]);
  return (
    <Modal
      open={blocker.state === 'blocked'}
      title={t('ui.leave.title')}
      okText={t('ui.leave.leave')}
      okButtonProps={{ danger: true }}
      cancelText={t('ui.leave.stay')}
      onOk={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
      width={440}
    >
      {message ?? t('ui.leave.message')}
    </Modal>
  );
}

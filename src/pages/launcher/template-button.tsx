import { ProfileOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';

const TemplateDialog = lazy(() => import('./template-dialog').then((module) => ({ default: module.TemplateDialog })));

export function TemplateButton() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<ProfileOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('launcher.template.button')}
      </Button>
      {open && (
        <Suspense>
          <TemplateDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

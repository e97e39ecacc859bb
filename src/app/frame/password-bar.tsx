import { KeyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../parts/console-context';
import { Bar } from './bar';

/** ACC-073: it informs and blocks nothing; the new account record takes it away. */
export function PasswordBar({ onChange }: { onChange: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  if (!me.needPasswordChange) return null;
  return (
    <Bar
      tone="warning"
      label={t('frame.password.label')}
      icon={<KeyOutlined />}
      action={
        <Button size="small" onClick={onChange}>
          {t('frame.password.change')}
        </Button>
      }
    >
      {t('frame.password.text')}
    </Bar>
  );
}

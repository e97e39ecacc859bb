import { DisconnectOutlined, ToolOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Bar } from './bar';
import { useManagerHealth } from './manager-health';

/** ACC-074: the pages keep their last data meanwhile. */
export function ManagerBar() {
  const { t } = useTranslation();
  const health = useManagerHealth();
  return (
    <div role="status">
      {health !== 'well' && (
        <Bar tone={health === 'frozen' ? 'warning' : 'error'} label={t('frame.manager.label')} icon={health === 'frozen' ? <ToolOutlined /> : <DisconnectOutlined />}>
          {t(`frame.manager.${health}`)}
        </Bar>
      )}
    </div>
  );
}

import { QuestionCircleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './help-hint.module.css';

/** A small question mark beside a label; its text comes on hover and on focus. */
export function HelpHint({ children, about }: { children: ReactNode; about?: string }) {
  const { t } = useTranslation();
  return (
    <Tooltip title={children} trigger={['hover', 'focus']}>
      <button type="button" className={styles.button} aria-label={about ? t('ui.help.about', { about }) : t('ui.help.label')}>
        <QuestionCircleOutlined aria-hidden />
      </button>
    </Tooltip>
  );
}

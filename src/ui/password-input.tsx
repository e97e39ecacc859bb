import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import type { InputProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './password-input.module.css';

/** A password field whose eye is a button of its own size, reachable and named. */
export function PasswordInput(props: Omit<InputProps, 'type' | 'suffix'>) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOutlined : EyeInvisibleOutlined;
  return (
    <Input
      spellCheck={false}
      {...props}
      type={shown ? 'text' : 'password'}
      suffix={
        <button type="button" className={styles.eye} aria-label={t('ui.password.show')} aria-pressed={shown} onClick={() => setShown(!shown)}>
          <Icon aria-hidden />
        </button>
      }
    />
  );
}

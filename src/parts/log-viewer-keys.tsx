import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './log-viewer.module.css';

export interface LogKeys {
  find: () => void;
  step: (by: 1 | -1) => void;
  goToLine: () => void;
  problem: (by: 1 | -1) => void;
}

/**
 * Keys of the log window. None is a single letter (A11-05), and each stands for what the browser itself could not do:
 * it sees only the rows that are drawn.
 */
export function useLogKeys(frame: RefObject<HTMLElement | null>, keys: LogKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const box = frame.current?.closest('[role="dialog"]');
      const { target } = event;
      // Another window lies above.
      if (event.defaultPrevented || !box || (target instanceof Element && target !== document.body && !box.contains(target))) return;
      const withCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      const by = event.shiftKey ? -1 : 1;
      if (withCommand && event.key.toLowerCase() === 'f') latest.current.find();
      else if (withCommand && event.key.toLowerCase() === 'g') latest.current.goToLine();
      else if (event.key === 'F3') latest.current.step(by);
      else if (event.key === 'F8') latest.current.problem(by);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [frame]);
}

export function LogKeysHint() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const rows = [
    [t('sessions.logs.keys.find'), t('sessions.logs.keys.findKey')],
    [t('sessions.logs.keys.step'), t('sessions.logs.keys.stepKey')],
    [t('sessions.logs.keys.problem'), t('sessions.logs.keys.problemKey')],
    [t('sessions.logs.keys.line'), t('sessions.logs.keys.lineKey')],
    [t('sessions.logs.keys.ends'), t('sessions.logs.keys.endsKey')],
  ] as const;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={t('sessions.logs.keys.title')}
      // Above the window itself.
      zIndex={1030}
      content={
        <div role="dialog" aria-label={t('sessions.logs.keys.title')}>
          <dl className={styles.keys}>
            {rows.map(([what, key]) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>
                  <kbd>{key}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      }
    >
      <Button
        type="text"
        icon={<QuestionCircleOutlined aria-hidden />}
        aria-label={t('sessions.logs.keys.title')}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-hint={t('sessions.logs.keys.title')}
      />
    </Popover>
  );
}

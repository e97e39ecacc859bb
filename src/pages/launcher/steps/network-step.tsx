import { CloseOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import type { InputRef } from 'antd';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '../../../ui/visually-hidden';
import { Field, Part, ProblemLine } from '../field';
import { useLauncher } from '../launcher-context';
import { addPorts } from '../port-rules';
import type { PortRefusal } from '../port-rules';
import styles from './network-step.module.css';

/** Step 4 (SES-100, SES-101). */
export function NetworkStep() {
  const { t } = useTranslation();
  const { values, facts } = useLauncher();
  // Ports of a link can be taken out also where none are allowed.
  const shown = facts.check.maxPorts > 0 || values.ports.length > 0;
  return (
    <Part title={t('launcher.network.title')} lead={t('launcher.network.lead')}>
      {shown ? <PortField /> : <p className={styles.off}>{t('launcher.network.off')}</p>}
    </Part>
  );
}

function PortField() {
  const { t } = useTranslation();
  const { values, set, facts, leave } = useLauncher();
  const { apps, maxPorts } = facts.check;
  const typed = values.portText;
  const input = useRef<InputRef>(null);
  const [refused, setRefused] = useState<readonly PortRefusal[]>([]);
  const take = (text: string) => {
    if (text.trim() === '') return;
    const result = addPorts(text, values.ports, apps, maxPorts);
    setRefused(result.refused);
    // What was not taken stays to be put right.
    set({ ports: result.ports, portText: result.refused.map((one) => one.text).join(' ') });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // While Hangul and the like are being composed, Enter belongs to the composition.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' || event.key === ',' || event.key === ' ') {
      event.preventDefault();
      take(typed);
    } else if (event.key === 'Backspace' && typed === '' && values.ports.length > 0) {
      set({ ports: values.ports.slice(0, -1) });
    }
  };
  const remove = (port: number) => {
    set({ ports: values.ports.filter((one) => one !== port) });
    setRefused([]);
    // The button that had the focus goes with its port (A11-02).
    input.current?.focus();
  };
  return (
    <Field field="ports" label={t('launcher.network.ports')} hint={t('launcher.network.hint', { max: maxPorts, count: values.ports.length })}>
      {(control) => (
        <div className={styles.ports}>
          <Input
            {...control}
            ref={input}
            status={refused.length > 0 ? 'error' : control.status}
            inputMode="numeric"
            className={styles.input}
            value={typed}
            onChange={(event) => {
              set({ portText: event.target.value });
              setRefused([]);
            }}
            onPaste={(event) => {
              const text = event.clipboardData.getData('text');
              if (!/[\s,]/.test(text.trim())) return;
              event.preventDefault();
              take(`${typed} ${text}`);
            }}
            onKeyDown={onKeyDown}
            onBlur={() => {
              take(typed);
              leave('ports');
            }}
            placeholder={t('launcher.network.placeholder')}
            autoComplete="off"
          />
          <div role="alert" className={styles.refusals}>
            {refused.slice(0, 3).map((one) => (
              <ProblemLine
                key={`${one.problem}-${one.text}`}
                problem={{
                  step: 'network',
                  field: 'ports',
                  level: 'error',
                  id: one.problem,
                  params: { text: one.text, app: apps.get(Number(one.text)) ?? '', max: maxPorts },
                }}
              />
            ))}
          </div>
          {values.ports.length > 0 && (
            <ul className={styles.list} aria-label={t('launcher.network.list')}>
              {values.ports.map((port) => (
                <li key={port} className={styles.port}>
                  {port}
                  <Button
                    type="text"
                    size="small"
                    icon={<CloseOutlined aria-hidden />}
                    onClick={() => remove(port)}
                    className={styles.remove}
                  >
                    <VisuallyHidden>{t('launcher.network.remove', { port })}</VisuallyHidden>
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Field>
  );
}

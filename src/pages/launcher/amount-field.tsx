import { InputNumber, Slider } from 'antd';
import type { InputNumberProps, SliderSingleProps } from 'antd';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tidy } from '../../lib/quantities';
import { useMedia, NARROW } from '../../ui/use-media';
import styles from './amount-field.module.css';
import { Field } from './field';
import type { Range } from './launch-limits';

export interface AmountFieldProps {
  field: string;
  label: string;
  help?: string;
  value: number | null;
  onChange: (value: number | null) => void;
  range: Range;
  /** Base units to one shown unit, e.g. bytes of a GiB. */
  scale?: number;
  /** Behind the number: a word, or a select of units. */
  unit: ReactNode;
  /** An amount in words, with its unit. */
  show: (amount: number) => string;
  /** Shown instead of the limits. */
  hint?: ReactNode;
  disabled?: boolean;
  /** At the right end of the label's line. */
  aside?: ReactNode;
}

/** As typed, else without the zeros that the step's decimals would add. */
const plainNumber: InputNumberProps<number>['formatter'] = (value, { userTyping, input }) =>
  userTyping ? input : value === undefined || String(value) === '' ? '' : String(Number(value));

/** A slider with a number beside it; it marks the least, the most and what is free now (SES-067…071). */
export function AmountField({ field, label, help, value, onChange, range, scale = 1, unit, show, hint, disabled, aside }: AmountFieldProps) {
  const { t } = useTranslation();
  const narrow = useMedia(NARROW);
  const toShown = (amount: number) => Number((amount / scale).toFixed(4));
  const top = Math.max(range.max, range.min);
  const min = toShown(range.min);
  // Where nothing limits it the slider still needs an end: room to double what is chosen, and all that is free.
  const open = Math.max(4 * min, 2 * toShown(value ?? 0), Number.isFinite(range.remaining) ? toShown(range.remaining) : 0, 1);
  const max = Number.isFinite(top) ? toShown(top) : open;
  const free = Number.isFinite(range.remaining) ? Math.min(toShown(range.remaining), max) : max;
  const step = tidy(toShown(range.step)) || 1;
  const near = (a: number, b: number) => Math.abs(a - b) < max * (narrow ? 0.3 : 0.16);
  const marks: NonNullable<SliderSingleProps['marks']> = {};
  // Moved to the left by as much as its point lies to the right, no mark sticks out at either end.
  const mark = (at: number, label: string) => {
    marks[at] = { label, style: { transform: `translateX(-${max > 0 ? (at / max) * 100 : 0}%)` } };
  };
  if (min > 0) mark(min, near(min, max) ? ' ' : show(range.min));
  if (free < max && free >= min) mark(free, near(free, max) || near(free, min) ? ' ' : t('launcher.amount.free', { amount: show(range.remaining) }));
  if (Number.isFinite(top)) mark(max, show(top));
  const limits = [
    Number.isFinite(range.remaining) && t('launcher.amount.freeNow', { amount: show(range.remaining) }),
    t('launcher.amount.between', { min: show(range.min), max: show(top) }),
  ];
  return (
    <Field field={field} label={label} help={help} aside={aside} hint={hint ?? limits.filter(Boolean).join(' · ')}>
      {({ status, ...control }) => (
        <div className={styles.row}>
          <div className={styles.slider} style={{ '--free': `${max > 0 ? (free / max) * 100 : 100}%` } as CSSProperties}>
            <Slider
              min={0}
              max={max}
              step={step}
              marks={marks}
              disabled={disabled}
              value={value === null ? 0 : Math.min(toShown(value), max)}
              onChange={(next: number) => onChange(Math.max(range.min, Math.min(next * scale, top)))}
              ariaLabelForHandle={t('launcher.amount.slider', { label })}
              ariaValueTextFormatterForHandle={(shown: number) => show(shown * scale)}
              tooltip={{ open: false }}
            />
          </div>
          <div className={styles.number}>
            <InputNumber
              {...control}
              status={status}
              className={styles.input}
              disabled={disabled}
              // Of a scaled one two decimals are shown; any other stands as it is, or a step of 0.125 would read 0.13.
              value={value === null ? null : scale === 1 ? toShown(value) : Number((value / scale).toFixed(2))}
              step={step}
              formatter={plainNumber}
              onChange={(next) => onChange(next === null ? null : next * scale)}
            />
            <span className={styles.unit}>{unit}</span>
          </div>
        </div>
      )}
    </Field>
  );
}

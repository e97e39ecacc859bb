import type { SelectHTMLAttributes } from 'react';
import styles from './native-select.module.css';

export interface NativeSelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'children'> {
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** The system's own select: for short lists it is the lightest, and every keyboard and reader knows it. */
export function NativeSelect({ options, onChange, className, ...rest }: NativeSelectProps) {
  return (
    <select {...rest} className={`${styles.select} ${className ?? ''}`} onChange={(event) => onChange(event.target.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

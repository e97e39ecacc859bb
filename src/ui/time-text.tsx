import { useFormat } from './use-format';

/** A local time; the exact moment on hover (UX-05). Draws a dash where there is none. */
export function TimeText({ value, show = 'dateTime' }: { value: string | number | null | undefined; show?: 'dateTime' | 'date' | 'time' }) {
  const format = useFormat();
  const text = value === null || value === undefined ? '' : format[show](value);
  if (!text || value === null || value === undefined) return '-';
  return (
    <time dateTime={new Date(value).toISOString()} title={format.exact(value)}>
      {text}
    </time>
  );
}

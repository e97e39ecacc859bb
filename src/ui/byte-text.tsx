import { formatBytes } from '../lib/quantities';
import { useFormat } from './use-format';

/** A size in binary units, the exact number on hover (UX-05). */
export function ByteText({ bytes }: { bytes: number }) {
  const format = useFormat();
  const exact = Number.isFinite(bytes) ? format.number(bytes, { style: 'unit', unit: 'byte', unitDisplay: 'long' }) : undefined;
  return <span title={exact} style={{ whiteSpace: 'nowrap' }}>{formatBytes(bytes, format.locale)}</span>;
}

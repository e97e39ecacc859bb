import { ReloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';

export interface RefreshButtonProps {
  label: string;
  /** The answer is on its way. */
  busy: boolean;
  onClick: () => void;
}

/** Asks again for what is shown beside it. */
export function RefreshButton({ label, busy, onClick }: RefreshButtonProps) {
  return <Button type="text" icon={<ReloadOutlined spin={busy} aria-hidden />} aria-label={label} data-hint={label} onClick={onClick} />;
}

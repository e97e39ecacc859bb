import { Popover } from 'antd';
import { useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import styles from './action-menu.module.css';

export interface MenuAction {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  danger?: boolean;
  /** For one of several that is in force: `menuitemradio`. */
  checked?: boolean;
  /** Why it is not allowed now; it stays reachable and tells. */
  reason?: string | null;
  run: () => void;
}

/** A thin line between groups, or words above one. */
export type MenuEntry = MenuAction | { key: string; heading: ReactNode } | { key: string; divider: true };

export interface ActionMenuProps {
  /** Name of the menu. */
  label: string;
  entries: readonly MenuEntry[];
  /** The button that opens it; gets the handlers and the ARIA state. */
  children: (trigger: MenuTrigger) => ReactElement;
  placement?: 'bottomLeft' | 'bottomRight' | 'topLeft' | 'topRight';
}

export interface MenuTrigger {
  'aria-haspopup': 'menu';
  'aria-expanded': boolean;
  'aria-controls': string | undefined;
  onClick: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** A menu of actions by the ARIA pattern: arrows, Home, End, letters, Escape; the focus comes back to the button. */
export function ActionMenu({ label, entries, children, placement = 'bottomRight' }: ActionMenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const opener = useRef<HTMLElement | null>(null);
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  const close = (back: boolean) => {
    setOpen(false);
    if (back) opener.current?.focus();
  };
  const move = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const next = to[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (next !== undefined) {
      event.preventDefault();
      all.at(next % all.length)?.focus();
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== ' ') {
      const letter = event.key.toLowerCase();
      [...all.slice(at + 1), ...all.slice(0, at + 1)].find((item) => item.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
    }
  };
  const trigger: MenuTrigger = {
    'aria-haspopup': 'menu',
    'aria-expanded': open,
    'aria-controls': open ? id : undefined,
    onClick: () => {
      opener.current = document.activeElement as HTMLElement;
      setOpen(!open);
    },
    onKeyDown: (event) => {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      opener.current = event.currentTarget as HTMLElement;
      setOpen(true);
    },
  };
  return (
    <Popover
      open={open}
      onOpenChange={(next) => {
        if (!next) close(false);
      }}
      afterOpenChange={(shown) => {
        if (shown) items()[0]?.focus();
      }}
      trigger="click"
      placement={placement}
      arrow={false}
      destroyOnHidden
      classNames={{ container: styles.popup }}
      content={
        <ul ref={list} id={id} role="menu" aria-label={label} className={styles.menu} onKeyDown={move}>
          {entries.map((entry) => (
            <Entry key={entry.key} entry={entry} done={() => close(true)} />
          ))}
        </ul>
      }
    >
      {children(trigger)}
    </Popover>
  );
}

function Entry({ entry, done }: { entry: MenuEntry; done: () => void }) {
  const reasonId = useId();
  if ('divider' in entry) return <li role="separator" className={styles.divider} />;
  if ('heading' in entry) {
    return (
      <li role="presentation" className={styles.heading}>
        {entry.heading}
      </li>
    );
  }
  const { label, icon, danger, checked, reason, run } = entry;
  return (
    <li role="presentation">
      <button
        type="button"
        role={checked === undefined ? 'menuitem' : 'menuitemradio'}
        aria-checked={checked}
        aria-disabled={reason ? true : undefined}
        aria-describedby={reason ? reasonId : undefined}
        tabIndex={-1}
        className={styles.item}
        data-danger={danger || undefined}
        onClick={() => {
          if (reason) return;
          done();
          run();
        }}
      >
        {icon !== undefined && <span className={styles.icon}>{icon}</span>}
        <span className={styles.label}>
          {label}
          {reason && (
            <span id={reasonId} className={styles.reason}>
              {reason}
            </span>
          )}
        </span>
        {checked && <span className={styles.check} aria-hidden />}
      </button>
    </li>
  );
}

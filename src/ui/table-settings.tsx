import { SettingOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import { useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { readLocal, writeLocal } from '../lib/storage';
import type { DataColumn } from './data-table';
import { useKeptKey } from './kept-scope';
import styles from './table-settings.module.css';

type Density = 'comfortable' | 'compact';

/** Only the choices that differ from the columns' own are kept, so that new columns show as they are meant to. */
const keptSchema = z.object({
  chosen: z.record(z.string(), z.boolean()),
  density: z.enum(['comfortable', 'compact']),
});
type Kept = z.infer<typeof keptSchema>;
const nothingKept: Kept = { chosen: {}, density: 'comfortable' };

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the user chose an optional column, for a page that asks the manager for more then. */
export function useColumnChosen(id: string, column: string): boolean {
  const key = useKeptKey(`table.${id}`);
  return useSyncExternalStore(subscribe, () => readLocal(key, keptSchema)?.chosen[column] ?? false);
}

export interface TableSettingsState<Row> {
  shown: readonly DataColumn<Row>[];
  density: Density;
  isShown: (column: DataColumn<Row>) => boolean;
  choose: (column: DataColumn<Row>, shown: boolean) => void;
  setDensity: (density: Density) => void;
  reset: () => void;
}

export function useTableSettings<Row>(id: string, columns: readonly DataColumn<Row>[]): TableSettingsState<Row> {
  const key = useKeptKey(`table.${id}`);
  const [kept, setKept] = useState(() => readLocal(key, keptSchema) ?? nothingKept);
  const save = (next: Kept) => {
    setKept(next);
    writeLocal(key, next);
    for (const listener of listeners) listener();
  };
  const isShown = (column: DataColumn<Row>) => column.always === true || (kept.chosen[column.key] ?? !column.optional);
  const shown = useMemo(
    () => columns.filter((column) => column.always === true || (kept.chosen[column.key] ?? !column.optional)),
    [columns, kept],
  );
  return {
    shown,
    density: kept.density,
    isShown,
    choose: (column, wanted) => {
      const { [column.key]: _before, ...others } = kept.chosen;
      const chosen = wanted === !column.optional ? others : { ...others, [column.key]: wanted };
      save({ ...kept, chosen });
    },
    setDensity: (density) => save({ ...kept, density }),
    reset: () => save(nothingKept),
  };
}

/** The gear of a list: which columns, how dense (UX-02). */
export function TableSettings<Row>({ settings, columns }: { settings: TableSettingsState<Row>; columns: readonly DataColumn<Row>[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  return (
    <Popover
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next && panel.current?.contains(document.activeElement)) trigger.current?.focus();
      }}
      // The pop-up stands elsewhere in the page: who came by keyboard is led into it.
      afterOpenChange={(shown) => {
        if (shown) panel.current?.querySelector<HTMLElement>('input:enabled')?.focus();
      }}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      content={
        <div ref={panel} role="dialog" aria-label={t('ui.table.settings')} className={styles.panel}>
          <fieldset className={styles.group}>
            <legend>{t('ui.table.columns')}</legend>
            {columns.map((column) => (
              <label key={column.key} className={styles.choice}>
                <input type="checkbox" checked={settings.isShown(column)} disabled={column.always} onChange={(event) => settings.choose(column, event.target.checked)} />
                {column.title}
              </label>
            ))}
          </fieldset>
          <fieldset className={styles.group}>
            <legend>{t('ui.table.density')}</legend>
            {(['comfortable', 'compact'] as const).map((density) => (
              <label key={density} className={styles.choice}>
                <input type="radio" name="density" checked={settings.density === density} onChange={() => settings.setDensity(density)} />
                {t(`ui.table.densities.${density}`)}
              </label>
            ))}
          </fieldset>
          <Button size="small" onClick={settings.reset}>
            {t('ui.table.reset')}
          </Button>
        </div>
      }
    >
      <Button
        ref={trigger}
        type="text"
        icon={<SettingOutlined aria-hidden />}
        aria-label={t('ui.table.settings')}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-hint={t('ui.table.settings')}
      />
    </Popover>
  );
}

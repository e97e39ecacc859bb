import { CloseOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './filter-box.module.css';
import { formatTag, parseTag } from './filter-tags';
import type { FilterOperator } from './filter-tags';
import { NativeSelect } from './native-select';

export interface FilterProperty {
  /** Goes into the address: `name`. */
  key: string;
  label: string;
  /** `text` is searched inside, `exact` and `options` compared, `date` is a day with at least / at most. */
  kind: 'text' | 'exact' | 'options' | 'date';
  options?: readonly { value: string; label: string }[];
}

export interface FilterBoxProps {
  label: string;
  properties: readonly FilterProperty[];
  /** Conditions as texts (see filter-tags); all of them hold. */
  value: readonly string[];
  onChange: (value: string[]) => void;
}

const operatorsOf: Record<FilterProperty['kind'], readonly FilterOperator[]> = {
  text: ['~'],
  exact: ['='],
  options: ['=', '!='],
  date: ['>=', '<='],
};

/** Keys that move the choice of a closed select, on the way to the one that is meant. */
const passesBy = /^(?:Arrow|Home|End|Page|[^ ]$)/;

const operatorNames = { '~': 'contains', '=': 'is', '!=': 'isNot', '>=': 'from', '<=': 'until' } as const;

/** Property filters that stack with AND: choose a field, type, Enter. */
export function FilterBox({ label, properties, value, onChange }: FilterBoxProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(properties[0]?.key ?? '');
  const property = properties.find((item) => item.key === chosen) ?? properties[0];
  const operators = property ? operatorsOf[property.kind] : operatorsOf.text;
  const [wantedOperator, setOperator] = useState<FilterOperator>('~');
  const operator = operators.includes(wantedOperator) ? wantedOperator : (operators[0] ?? '~');
  const [draft, setDraft] = useState('');
  const passing = useRef(false);
  if (!property) return null;
  const add = (text: string) => {
    const clean = text.trim();
    setDraft('');
    if (!clean) return;
    const tag = formatTag({ property: property.key, operator, value: clean });
    if (!value.includes(tag)) onChange([...value, tag]);
  };
  return (
    <div className={styles.root} role="search" aria-label={label}>
      <div className={styles.line}>
        <NativeSelect
          aria-label={t('ui.filter.property')}
          value={property.key}
          options={properties.map((item) => ({ value: item.key, label: item.label }))}
          onChange={(key) => {
            setChosen(key);
            setDraft('');
          }}
        />
        {operators.length > 1 && (
          <NativeSelect
            aria-label={t('ui.filter.operator')}
            value={operator}
            options={operators.map((item) => ({ value: item, label: t(`ui.filter.operators.${operatorNames[item]}`) }))}
            onChange={(next) => setOperator(next as FilterOperator)}
          />
        )}
        {property.kind === 'options' ? (
          <>
            <NativeSelect
              aria-label={t('ui.filter.valueOf', { property: property.label })}
              value={draft}
              options={[{ value: '', label: t('ui.filter.choose') }, ...(property.options ?? [])]}
              onPointerDown={() => (passing.current = false)}
              onKeyDown={(event) => {
                passing.current = passesBy.test(event.key) && !event.altKey;
                if (event.key !== 'Enter' || draft === '') return;
                event.preventDefault();
                add(draft);
              }}
              onChange={(next) => (passing.current ? setDraft(next) : add(next))}
              className={styles.grow}
            />
            {draft !== '' && (
              <button type="button" className={styles.icon} aria-label={t('ui.filter.apply')} onClick={() => add(draft)}>
                <SearchOutlined aria-hidden />
              </button>
            )}
          </>
        ) : (
          <Input
            className={styles.grow}
            type={property.kind === 'date' ? 'date' : 'text'}
            aria-label={t('ui.filter.valueOf', { property: property.label })}
            placeholder={property.kind === 'text' ? t('ui.filter.placeholder', { property: property.label }) : undefined}
            value={draft}
            maxLength={256}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setDraft(event.target.value)}
            onPressEnter={(event) => {
              // Enter that ends the composition of Hangul is not meant for the box.
              if (!event.nativeEvent.isComposing) add(draft);
            }}
            suffix={
              <button type="button" className={styles.icon} aria-label={t('ui.filter.apply')} onClick={() => add(draft)}>
                <SearchOutlined aria-hidden />
              </button>
            }
          />
        )}
      </div>
      {value.length > 0 && (
        <ul className={styles.tags} aria-label={t('ui.filter.active')}>
          {value.map((text) => {
            const words = wordsOf(text, properties);
            const said = words ? `${words.label} ${t(`ui.filter.operators.${operatorNames[words.operator]}`)} ${words.value}` : text;
            return (
              <li key={text} className={styles.tag}>
                <span>{said}</span>
                <button type="button" className={styles.icon} aria-label={t('ui.filter.remove', { filter: said })} onClick={() => onChange(value.filter((item) => item !== text))}>
                  <CloseOutlined aria-hidden />
                </button>
              </li>
            );
          })}
          <li>
            <Button type="link" size="small" onClick={() => onChange([])}>
              {t('ui.filter.clear')}
            </Button>
          </li>
        </ul>
      )}
    </div>
  );
}

function wordsOf(text: string, properties: readonly FilterProperty[]) {
  const tag = parseTag(text);
  const property = properties.find((item) => item.key === tag?.property);
  if (!tag || !property) return null;
  const value = property.options?.find((option) => option.value === tag.value)?.label ?? tag.value;
  return { label: property.label, operator: tag.operator, value };
}

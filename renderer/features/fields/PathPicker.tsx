import { Combobox, useCombobox } from '@mantine/core';
import { IconChevronRight, IconCornerDownLeft, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { cx } from '../../ui/cx.ts';
import type { FieldControl } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './fields.module.css';
import {
  leafText,
  markWords,
  type PathHit,
  type PathItem,
  pathText,
  searchPaths,
} from './pathSearch.ts';

/** More rows than anybody reads; the rest is found by one more letter. */
const shownHits = 40;

function Marked({ text, typed }: { text: string; typed: string }) {
  const parts = markWords(text, typed);
  return parts.map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one label have no other name
    part.marked ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
  );
}

function Branch({ hit, typed }: { hit: PathHit; typed: string }) {
  const { t } = useTranslation('fields');
  const { language } = useFormat();
  const path = pathText(hit.item, language);
  const leaf = leafText(hit.item, language);
  return (
    <Combobox.Option value={hit.item.id} className={styles.branch ?? ''}>
      <IconCornerDownLeft size={14} aria-hidden="true" />
      <IconChevronRight size={14} aria-hidden="true" />
      <span className="cut" title={path}>
        <Marked text={path.slice(0, path.length - leaf.length)} typed={typed} />
        <span className={styles.leaf}>
          <Marked text={leaf} typed={typed} />
        </span>
      </span>
      {hit.used > 0 ? <span className={styles.used}>{t('used', { count: hit.used })}</span> : null}
    </Combobox.Option>
  );
}

const nothingUsed: ReadonlyMap<string, number> = new Map();

export interface PathPickerProps {
  control: FieldControl;
  items: readonly PathItem[];
  /** How often each was used lately, by id. */
  used?: ReadonlyMap<string, number>;
  value: string | null;
  placeholder: string;
  onChange: (id: string | null) => void;
  /** A choice was made: the form may move on to the next field. */
  onPicked?: () => void;
  inputRef?: Ref<HTMLInputElement>;
  /** The list lies over what follows instead of pushing it down. */
  floating?: boolean;
  testId: string;
}

/**
 * Picks a leaf of an administrator's tree by typing words of its path, in any order and in either
 * language. The first hit is preselected; Enter takes it. Emptying the box takes the choice back.
 */
export function PathPicker({
  control,
  items,
  used = nothingUsed,
  value,
  placeholder,
  onChange,
  onPicked,
  inputRef,
  floating,
  testId,
}: PathPickerProps) {
  const { t } = useTranslation('fields');
  const { language } = useFormat();
  const listId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [firstId, setFirstId] = useState<string | null>(null);
  const combobox = useCombobox({ loop: false });
  const { openDropdown, closeDropdown, selectFirstOption, resetSelectedOption } = combobox;
  const opened = combobox.dropdownOpened;

  const chosen = items.find((item) => item.id === value);
  const hits = opened ? searchPaths(items, typed ?? '', used) : [];
  const shown = hits.slice(0, shownHits);
  const firstHit = shown[0]?.item.id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new list preselects its first hit
  useEffect(() => {
    if (!opened) return;
    resetSelectedOption();
    setFirstId(selectFirstOption());
  }, [opened, typed, firstHit, selectFirstOption, resetSelectedOption]);

  // A stored draft may bring the choice while the list is open: Enter would put the preselected row in its place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another choice arrives
  useEffect(() => {
    if (value !== null && typed === null) closeDropdown();
  }, [value]);

  const close = () => {
    setTyped(null);
    closeDropdown();
  };
  const pick = (id: string) => {
    onChange(id);
    close();
    onPicked?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setFirstId(null);
    // Ctrl Enter finishes the form: it must not pick the preselected row on its way.
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || event.altKey)) {
      resetSelectedOption();
      // Where the form is not finished by it, Enter picks the first row as before.
      if (opened) queueMicrotask(() => setFirstId(selectFirstOption()));
    }
    if (event.key === 'Escape' && opened) {
      event.stopPropagation();
      close();
    }
  };

  return (
    <Combobox store={combobox} onOptionSubmit={pick} withinPortal={false}>
      <div className={styles.picker}>
        <Combobox.EventsTarget
          withExpandedAttribute
          aria-controls={opened ? listId : undefined}
          {...(opened && firstId ? { 'aria-activedescendant': firstId } : {})}
        >
          <TextField
            {...control}
            {...(inputRef ? { ref: inputRef } : {})}
            data-testid={testId}
            lead={<IconSearch size={16} stroke={1.75} className={styles.icon} aria-hidden="true" />}
            trail={
              opened ? (
                <span className="small nowrap">
                  {t('hits', { count: hits.length, total: items.length })}
                </span>
              ) : null
            }
            placeholder={placeholder}
            value={typed ?? (chosen ? pathText(chosen, language) : '')}
            onKeyDown={onKeyDown}
            onChange={(event) => {
              setTyped(event.target.value);
              openDropdown();
              if (event.target.value === '') onChange(null);
            }}
            onFocus={(event) => {
              event.target.select();
              if (!chosen) openDropdown();
            }}
            onClick={() => openDropdown()}
            onBlur={close}
          />
        </Combobox.EventsTarget>
        {opened ? (
          <Combobox.Options
            id={listId}
            // A list that scrolls would be a stop of its own on the way to the next field.
            tabIndex={-1}
            className={cx(styles.tree, floating && styles.floating)}
          >
            {shown.map((hit) => (
              <Branch key={hit.item.id} hit={hit} typed={typed ?? ''} />
            ))}
            {shown.length === 0 ? (
              <Combobox.Empty className={styles.noHit ?? ''}>
                {t('none')}
                <br />
                <span className="small">{t('noneHint')}</span>
              </Combobox.Empty>
            ) : null}
          </Combobox.Options>
        ) : null}
      </div>
    </Combobox>
  );
}

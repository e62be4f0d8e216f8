import { Combobox, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPhone, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '#shared/contract/models.ts';
import { useQuery } from '../app/bridge.tsx';
import { keysOf, useShortcut } from '../app/hotkeys.ts';
import { goTo } from '../app/routes.ts';
import { looksLikeNumber } from '../app/typedNumber.ts';
import { useDial } from '../app/useDial.ts';
import { useCallInBar } from '../store/desk.ts';
import { openCustomer } from '../store/window.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { ClassBadge } from '../ui/ClassBadge.tsx';
import { KeyCap } from '../ui/KeyCap.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './Omnibox.module.css';

const shownHits = 8;
/** The shell's page, which takes the caret once a card is opened. */
export const pageId = 'page';

function Hit({ hit }: { hit: SearchHit }) {
  return (
    <Combobox.Option value={hit.customerId} className={styles.hit} data-testid="search-hit">
      <Avatar name={hit.name} size={24} />
      <span className="cut">{hit.name}</span>
      <ClassBadge valueClass={hit.valueClass} />
      {hit.hint ? <span className={styles.hint}>{hit.hint}</span> : null}
    </Combobox.Option>
  );
}

/** Customers by name, number or place; a typed number offers to dial. Nothing is preselected. */
export function Omnibox() {
  const { t } = useTranslation('shell');
  const [text, setText] = useState('');
  const [debounced] = useDebouncedValue(text.trim(), 120);
  const input = useRef<HTMLInputElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const dial = useDial();
  const call = useCallInBar();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const search = useQuery(
    'customers.search',
    debounced === '' ? null : { text: debounced, limit: shownHits },
    ['customer', 'contactPoint'],
  );

  useShortcut('work.search', () => {
    cameFrom.current = document.activeElement;
    input.current?.focus();
    input.current?.select();
  });

  function leave(back: boolean): void {
    setText('');
    combobox.closeDropdown();
    if (back && cameFrom.current instanceof HTMLElement) cameFrom.current.focus();
    else document.getElementById(pageId)?.focus();
  }

  function choose(value: string): void {
    if (value === 'dial') void dial(text.trim(), null);
    else {
      openCustomer(value);
      goTo('desk');
    }
    leave(false);
  }

  const settledCall = call === null || ['talking', 'held', 'ended'].includes(call.state);
  const number = looksLikeNumber(text) && settledCall;
  const hits = text.trim() === '' ? [] : (search.data ?? []);
  const settled = debounced === text.trim() && search.data !== null;

  return (
    <Combobox store={combobox} onOptionSubmit={choose} position="bottom-start" offset={4}>
      <Combobox.DropdownTarget>
        <div className={styles.box}>
          <IconSearch size={14} aria-hidden="true" />
          <Combobox.EventsTarget>
            <input
              ref={input}
              className={styles.input}
              value={text}
              placeholder={t('search.placeholder')}
              aria-label={t('search.label')}
              aria-keyshortcuts={keysOf('work.search')}
              autoComplete="off"
              spellCheck={false}
              data-testid="omnibox"
              onChange={(event) => {
                setText(event.currentTarget.value);
                combobox.openDropdown();
                combobox.resetSelectedOption();
              }}
              onFocus={() => text !== '' && combobox.openDropdown()}
              onBlur={() => combobox.closeDropdown()}
              onKeyDown={(event) => {
                if (event.key === 'Escape' && !event.nativeEvent.isComposing) leave(true);
              }}
            />
          </Combobox.EventsTarget>
          <KeyCap keys={keysOf('work.search')} />
        </div>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={text.trim() === ''}>
        <Combobox.Options aria-label={t('search.label')}>
          {number ? (
            <Combobox.Option value="dial" className={styles.hit} data-testid="search-dial">
              <IconPhone size={16} aria-hidden="true" />
              {t('search.dial', { number: text.trim() })}
            </Combobox.Option>
          ) : null}
          {hits.map((hit) => (
            <Hit key={hit.customerId} hit={hit} />
          ))}
        </Combobox.Options>
        {settled && hits.length === 0 ? (
          <p className={styles.none} role="status" data-testid="search-none">
            {t('search.none')}
          </p>
        ) : null}
        {!settled && hits.length === 0 ? (
          <div className={styles.none}>
            <Skeleton />
          </div>
        ) : null}
        {search.failure ? (
          <p className={styles.none} role="alert">
            {t(`errors:${search.failure.code}`)}
          </p>
        ) : null}
      </Combobox.Dropdown>
    </Combobox>
  );
}

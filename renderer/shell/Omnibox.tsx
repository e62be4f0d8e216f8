import { Combobox, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPhone, IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Found } from '#shared/contract/methods/search.ts';
import type { Failure } from '#shared/result.ts';
import { useQuery } from '../app/bridge.tsx';
import { keysOf, useShortcut } from '../app/hotkeys.ts';
import { goTo } from '../app/routes.ts';
import { looksLikeNumber } from '../app/typedNumber.ts';
import { useDial } from '../app/useDial.ts';
import { useCallInBar, useTakesCalls } from '../store/desk.ts';
import { openCustomer } from '../store/window.ts';
import { KeyCap } from '../ui/KeyCap.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Hits } from './Hits.tsx';
import styles from './Omnibox.module.css';

/** The shell's page, which takes the caret once a card is opened. */
export const pageId = 'page';

/** Of each kind. */
const shownHits = 6;
/** A fast typist's next letter comes before this, ms: its answer is the one that is wanted. */
const restMs = 60;

/** What the last keystroke found; while the next is on its way the one before stays on the screen. */
function useFound(text: string): {
  found: Found | null;
  settled: boolean;
  failure: Failure | null;
} {
  const [debounced] = useDebouncedValue(text, restMs);
  const search = useQuery(
    'search.everything',
    debounced === '' ? null : { text: debounced, limit: shownHits },
    ['customer', 'contactPoint', 'ticket', 'wrapUp', 'article'],
  );
  const [last, setLast] = useState<Found | null>(null);
  const newest = text === '' ? null : (search.data ?? last);
  if (newest !== last) setLast(newest);
  const settled = debounced === text && search.data !== null;
  return { found: newest, settled, failure: search.failure };
}

/** Everything by name, number, word or note; a typed number offers to dial. Nothing is preselected. */
export function Omnibox() {
  const { t } = useTranslation('search');
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const dial = useDial();
  const call = useCallInBar();
  const mayCall = useTakesCalls();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { found, settled, failure } = useFound(text.trim());

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
    const [kind, id = ''] = value.split(':');
    if (kind === 'dial') void dial(text.trim(), null);
    else if (kind === 'ticket') goTo('tickets', id);
    else if (kind === 'article') goTo('knowledge', id);
    else if (id === '') goTo('journal');
    else {
      openCustomer(id);
      goTo('desk');
    }
    leave(false);
  }

  const settledCall = call === null || ['talking', 'held', 'ended'].includes(call.state);
  const number = looksLikeNumber(text) && settledCall && mayCall;
  const nothing =
    found !== null &&
    found.customers.length + found.tickets.length + found.notes.length + found.articles.length ===
      0;

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={choose}
      position="bottom-start"
      offset={4}
      width={620}
    >
      <Combobox.DropdownTarget>
        <div className={styles.box}>
          <IconSearch size={14} aria-hidden="true" />
          <Combobox.EventsTarget>
            <input
              ref={input}
              className={styles.input}
              value={text}
              placeholder={t('placeholder')}
              aria-label={t('label')}
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
        <Combobox.Options aria-label={t('label')} className={styles.list}>
          {number ? (
            <Combobox.Option value="dial" className={styles.hit} data-testid="search-dial">
              <IconPhone size={16} aria-hidden="true" />
              {t('dial', { number: text.trim() })}
            </Combobox.Option>
          ) : null}
          {found ? <Hits found={found} old={!settled} /> : null}
        </Combobox.Options>
        {settled && nothing ? (
          <p className={styles.none} role="status" data-testid="search-none">
            {t('none')}
          </p>
        ) : null}
        {found === null && !failure ? (
          <div className={styles.none}>
            <Skeleton />
          </div>
        ) : null}
        {found?.incomplete ? (
          <p className={styles.none} role="status" data-testid="search-incomplete">
            {t('incomplete')}
          </p>
        ) : null}
        {failure ? (
          <p className={styles.none} role="alert">
            {t(`errors:${failure.code}`)}
          </p>
        ) : null}
      </Combobox.Dropdown>
    </Combobox>
  );
}

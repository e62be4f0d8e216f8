import { Combobox, useCombobox } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { type ClipboardEvent, type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';
import { useQuery } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { looksLikeNumber } from '../../app/typedNumber.ts';
import { useDialResult } from '../../app/useDial.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useDesk } from '../../store/desk.ts';
import { Button } from '../../ui/Button.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { CallerIdMenu } from './CallerIdMenu.tsx';
import { cleanNumber } from './cleanNumber.ts';
import styles from './DialField.module.css';
import { DirectoryOptions, RecentOptions } from './DialOptions.tsx';
import { useCleanNumber } from './useCleanNumber.ts';
import { useDirectory } from './useDirectory.ts';
import { useRedialKey } from './useRedial.ts';

const shownRecents = 8;
const shownTargets = 6;

/** What stands in the field, and what it was taken from where it was pasted. */
interface Typed {
  text: string;
  pasted: string | null;
}

const empty: Typed = { text: '', pasted: null };

/** Takes the number out of pasted text and says what it was taken from. */
function usePaste(setTyped: (typed: Typed) => void) {
  const home = useDesk((desk) => desk.configuration?.home ?? null);
  return (event: ClipboardEvent<HTMLInputElement>): void => {
    const pasted = event.clipboardData.getData('text').trim();
    const field = event.currentTarget;
    const whole = field.value === '' || field.selectionEnd !== field.selectionStart;
    if (pasted === '' || !whole) return;
    event.preventDefault();
    setTyped({ text: pasted.slice(0, 100), pasted: null });
    void cleanNumber(pasted, home).then((clean) => {
      if (!clean) return;
      setTyped({ text: clean.display, pasted: clean.display === pasted ? null : pasted });
    });
  };
}

/** Type a number or a name, Enter dials; empty it offers the last calls. What is wrong stands below. */
export function DialField() {
  const { t } = useTranslation('callBar');
  const failureText = useFailureText();
  const dial = useDialResult();
  const [typed, setTyped] = useState(empty);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [focused, setFocused] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const errorId = useId();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const recents = useQuery('calls.recents', { limit: shownRecents }, ['call']).data ?? [];
  const text = typed.text.trim();
  const named = text !== '' && !looksLikeNumber(text);
  const directory = useDirectory(text, focused && text !== '');
  const targets = directory.targets.filter(({ kind }) => kind !== 'number').slice(0, shownTargets);
  const clean = useCleanNumber(text);
  const onPaste = usePaste((pasted) => {
    setTyped(pasted);
    setFailure(null);
  });
  useRedialKey();
  useShortcut('work.dial', () => {
    input.current?.focus();
    input.current?.select();
    combobox.openDropdown();
  });

  const first = named ? targets[0]?.id : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the choice follows the first match, not the store object
  useEffect(() => {
    if (first === undefined) combobox.resetSelectedOption();
    else combobox.selectFirstOption();
  }, [first]);

  async function call(number: string, customerId: string | null): Promise<void> {
    const result = await dial(number, customerId);
    if (result === null) return;
    setFailure(result.ok ? null : result.error);
    if (result.ok) setTyped(empty);
  }

  function choose(value: string): void {
    combobox.closeDropdown();
    const [kind, at] = value.split(':');
    const recent = kind === 'recent' ? recents[Number(at)] : undefined;
    const target = kind === 'target' ? targets[Number(at)] : undefined;
    if (recent) void call(recent.number.raw, recent.customerId);
    if (target) void call(target.target, null);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text === '') {
      input.current?.focus();
      combobox.openDropdown();
      return;
    }
    combobox.closeDropdown();
    void call(clean?.number ?? text, null);
  }

  const note = typed.pasted
    ? t('pastedFrom', { text: typed.pasted })
    : clean && clean.display !== text
      ? t('dials', { number: clean.display })
      : null;
  const offered = text === '' ? recents.length > 0 : targets.length > 0 || note !== null;
  return (
    <form className={styles.dial} onSubmit={submit} aria-label={t('dial')}>
      <CallerIdMenu />
      <Combobox
        store={combobox}
        onOptionSubmit={choose}
        position="bottom-start"
        offset={4}
        width={380}
      >
        <Combobox.DropdownTarget>
          <div className={styles.dialField}>
            <Combobox.EventsTarget>
              <TextField
                ref={input}
                frameClassName={styles.dialInput}
                lead={<IconPhone size={16} aria-hidden="true" />}
                trail={<KeyCap keys={keysOf('work.dial')} />}
                placeholder={t('dialPlaceholder')}
                aria-label={t('dialLabel')}
                aria-keyshortcuts={keysOf('work.dial')}
                aria-invalid={failure !== null}
                aria-describedby={failure ? errorId : undefined}
                maxLength={100}
                spellCheck={false}
                data-testid="dial-field"
                value={typed.text}
                onPaste={onPaste}
                onFocus={() => {
                  setFocused(true);
                  combobox.openDropdown();
                }}
                onBlur={() => {
                  setFocused(false);
                  combobox.closeDropdown();
                }}
                onChange={(event) => {
                  setTyped({ text: event.currentTarget.value, pasted: null });
                  setFailure(null);
                  combobox.openDropdown();
                }}
              />
            </Combobox.EventsTarget>
            {failure ? (
              <p id={errorId} className={styles.dialError} role="alert">
                {failureText(failure)}
              </p>
            ) : null}
          </div>
        </Combobox.DropdownTarget>
        <Combobox.Dropdown hidden={!offered} data-testid="dial-options">
          {note ? (
            <p className={styles.note} role="status" data-testid="dial-note">
              {note}
            </p>
          ) : null}
          <Combobox.Options aria-label={t('suggestions')}>
            {text === '' ? <RecentOptions recents={recents} /> : null}
            {text !== '' && targets.length > 0 ? <DirectoryOptions targets={targets} /> : null}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <Button size="lg" type="submit" data-testid="dial">
        {t('dialButton')}
      </Button>
    </form>
  );
}

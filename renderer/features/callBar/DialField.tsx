import { IconPhone } from '@tabler/icons-react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { Button } from '../../ui/Button.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './CallBar.module.css';

/** Type a number, Enter dials; what is wrong with it stands below. */
export function DialField() {
  const { t } = useTranslation('callBar');
  const failureText = useFailureText();
  const invoke = useInvoke();
  const [number, setNumber] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const errorId = useId();
  useShortcut('work.dial', () => {
    input.current?.focus();
    input.current?.select();
  });

  async function dial(event: FormEvent): Promise<void> {
    event.preventDefault();
    const typed = number.trim();
    if (typed === '') {
      input.current?.focus();
      return;
    }
    const result = await invoke('calls.dial', { number: typed, customerId: null });
    setFailure(result.ok ? null : result.error);
    if (result.ok) setNumber('');
  }

  return (
    <form className={styles.dial} onSubmit={(event) => void dial(event)} aria-label={t('dial')}>
      <div className={styles.dialField}>
        <TextField
          ref={input}
          type="tel"
          frameClassName={styles.dialInput}
          lead={<IconPhone size={16} aria-hidden="true" />}
          trail={<KeyCap keys={keysOf('work.dial')} />}
          placeholder={t('dialPlaceholder')}
          aria-label={t('dialLabel')}
          aria-keyshortcuts={keysOf('work.dial')}
          aria-invalid={failure !== null}
          aria-describedby={failure ? errorId : undefined}
          data-testid="dial-field"
          value={number}
          onChange={(event) => {
            setNumber(event.currentTarget.value);
            setFailure(null);
          }}
        />
        {failure ? (
          <p id={errorId} className={styles.dialError} role="alert">
            {failureText(failure)}
          </p>
        ) : null}
      </div>
      <Button size="lg" type="submit" data-testid="dial">
        {t('dialButton')}
      </Button>
    </form>
  );
}

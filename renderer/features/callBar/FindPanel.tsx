import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../i18n/useFailureText.ts';
import type { Finding } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { matchesKeys } from '../../ui/keys.ts';
import { TextField } from '../../ui/TextField.tsx';
import styles from './FindPanel.module.css';
import { TargetRow } from './TargetRow.tsx';
import { keyOfTarget, type Target, useDirectory } from './useDirectory.ts';
import { type TargetSteps, useTargetSteps } from './useTargetSteps.ts';

/** Which row is chosen: by arrows or mouse, else the first match of what was typed, else none. */
function chosenAt(targets: readonly Target[], key: string | null, text: string): number {
  const at = targets.findIndex((target) => keyOfTarget(target) === key);
  if (at >= 0) return at;
  return text.trim() === '' || targets.length === 0 ? -1 : 0;
}

function Foot({
  purpose,
  steps,
  chosen,
}: {
  purpose: Finding['purpose'];
  steps: TargetSteps;
  chosen: Target | null;
}) {
  const { t } = useTranslation('callBar');
  const off = chosen === null || steps.pending !== null;
  return (
    <div className={styles.foot}>
      <span className={styles.status} role="status">
        {steps.pending === null ? chosen?.name : t('find.pending', { who: steps.pending })}
      </span>
      <Button
        keys="Enter"
        disabled={off}
        data-testid="find-ask"
        onClick={() => chosen && void steps.ask(chosen)}
      >
        {t(purpose === 'transfer' ? 'find.ask' : 'find.call')}
      </Button>
      {purpose === 'transfer' ? (
        <Button
          keys="Ctrl+Enter"
          disabled={off}
          data-testid="find-pass-on"
          onClick={() => chosen && void steps.passOn(chosen)}
        >
          {t('find.passOn')}
        </Button>
      ) : null}
    </div>
  );
}

/** The quick-connect directory: type a name or a number, Enter asks first, Ctrl Enter passes the call on. */
export function FindPanel({ finding, onDone }: { finding: Finding; onDone: () => void }) {
  const { t } = useTranslation('callBar');
  const failureText = useFailureText();
  const [text, setText] = useState('');
  const [key, setKey] = useState<string | null>(null);
  const { targets, settled } = useDirectory(text);
  const steps = useTargetSteps(finding.callId, onDone);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const at = chosenAt(targets, key, text);
  const chosen = targets[at] ?? null;
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  function move(step: 1 | -1): void {
    const next = targets[Math.min(targets.length - 1, Math.max(0, at + step))];
    if (next) setKey(keyOfTarget(next));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const is = (keys: string) => matchesKeys(event.nativeEvent, keys);
    const passesOn = is('Ctrl+Enter') && finding.purpose === 'transfer';
    if (!is('ArrowDown') && !is('ArrowUp') && !is('Enter') && !is('Ctrl+Enter')) return;
    event.preventDefault();
    if (is('ArrowDown')) move(1);
    else if (is('ArrowUp')) move(-1);
    else if (chosen && steps.pending === null) {
      if (passesOn) void steps.passOn(chosen);
      else if (is('Enter')) void steps.ask(chosen);
    }
  }

  return (
    <div
      className={styles.panel}
      role="dialog"
      aria-label={t(`find.title.${finding.purpose}`)}
      data-testid="find-panel"
    >
      <div className={styles.head}>
        <TextField
          ref={input}
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
          aria-label={t(`find.title.${finding.purpose}`)}
          placeholder={t('find.placeholder')}
          lead={<IconSearch size={14} aria-hidden="true" />}
          data-testid="find-field"
          value={text}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setKey(null);
          }}
        />
      </div>
      <div
        id={`${id}-list`}
        ref={list}
        role="listbox"
        tabIndex={-1}
        aria-label={t('find.list')}
        className={`${styles.list} scroll`}
      >
        {targets.map((target, index) => (
          <div key={keyOfTarget(target)} role="presentation">
            {target.kind === targets[index - 1]?.kind ? null : (
              <p className={styles.group}>{t(`find.kinds.${target.kind}`)}</p>
            )}
            <TargetRow
              id={`${id}-${index}`}
              target={target}
              selected={index === at}
              refused={
                steps.refused?.key === keyOfTarget(target)
                  ? failureText(steps.refused.failure)
                  : null
              }
              onSelect={() => setKey(keyOfTarget(target))}
            />
          </div>
        ))}
        {settled && targets.length === 0 ? (
          <p className={styles.none} role="status">
            {t('find.none')}
          </p>
        ) : null}
      </div>
      <p className="for-readers" role="alert">
        {steps.refused ? failureText(steps.refused.failure) : ''}
      </p>
      <Foot purpose={finding.purpose} steps={steps} chosen={chosen} />
    </div>
  );
}

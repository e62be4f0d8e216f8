import { IconChevronRight, IconInfoCircle, IconUserPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { keysOf, useKeys, useShortcut } from '../../app/hotkeys.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { cx } from '../../ui/cx.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import fields from '../fields/fields.module.css';
import { focusRegistration } from '../register/registerFocus.ts';
import { CandidateRow } from './CandidateRow.tsx';
import { moveActive } from './candidateKeys.ts';
import styles from './match.module.css';

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/**
 * Several customers have this number: the agent chooses, nothing is chosen for him. Enter does
 * nothing until an arrow key has been pressed. `onNone` is called for "none of these"; without it
 * the caret goes to the registration form beside the list.
 */
export function MatchChooser({
  call,
  onNone = focusRegistration,
}: {
  call: DeskCall;
  onNone?: () => void;
}) {
  const { t } = useTranslation('match');
  const invoke = useInvoke();
  const listId = useId();
  const [active, setActive] = useState(-1);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { candidates } = call.pop;
  const noneAt = candidates.length;

  const choose = async (index: number) => {
    if (index === noneAt) {
      onNone();
      return;
    }
    const candidate = candidates[index];
    if (!candidate) return;
    const { customerId } = candidate;
    const result = await invoke('calls.chooseCustomer', { callId: call.id, customerId });
    setFailure(result.ok ? null : result.error);
  };
  useKeys(
    digits.map((digit) => `Alt+${digit}`),
    (_event, keys) => void choose(Number(keys.slice(-1)) - 1),
  );
  useShortcut('match.none', () => void choose(noneAt));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const next = moveActive(active, event.key, noneAt + 1);
    if (next !== null) {
      event.preventDefault();
      setActive(next);
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      void choose(active);
    }
  };
  const option = (index: number) => ({
    id: `${listId}-${index}`,
    role: 'option',
    tabIndex: -1,
    className: styles.candidate,
    'aria-selected': index === active,
    onClick: () => void choose(index),
  });

  return (
    <section className={styles.column} aria-label={t('region')} data-testid="match-chooser">
      <header className={fields.head}>
        <h2>{t('title')}</h2>
        <span className="small cut">{t('hint')}</span>
      </header>
      <div className={cx('scroll', styles.list)}>
        <FormFailure title={t('failed')} failure={failure} />
        <div
          role="listbox"
          tabIndex={0}
          aria-label={t('title')}
          aria-activedescendant={active < 0 ? undefined : `${listId}-${active}`}
          className={styles.options}
          onKeyDown={onKeyDown}
          data-testid="match-list"
        >
          {candidates.map((candidate, index) => (
            <button
              key={candidate.customerId}
              type="button"
              {...option(index)}
              data-testid="match-candidate"
            >
              <CandidateRow candidate={candidate} keys={index < 9 ? `Alt+${index + 1}` : null} />
            </button>
          ))}
          <button type="button" {...option(noneAt)} data-none="true" data-testid="match-none">
            <span className={styles.key}>
              <KeyCap keys={keysOf('match.none')} />
            </span>
            <Avatar
              name=""
              size={40}
              tone="accent"
              icon={<IconUserPlus size={20} aria-hidden="true" />}
            />
            <span className={styles.words}>
              <span className={styles.name}>{t('none')}</span>
              <span className="small">{t('noneHint')}</span>
            </span>
            <IconChevronRight size={16} aria-hidden="true" />
          </button>
        </div>
        <p className={cx('small', styles.foot)}>
          <IconInfoCircle size={14} aria-hidden="true" />
          {t('nothingBound')}
        </p>
      </div>
    </section>
  );
}

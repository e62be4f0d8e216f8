import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketTaker } from '#shared/contract/methods/tickets.ts';
import { foldText } from '#shared/domain/text/text.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useTeamName } from '../../i18n/useTeamName.ts';
import { useDesk } from '../../store/desk.ts';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ticketPage.module.css';

const shown = 8;

function isFound(name: string, team: string, words: string): boolean {
  return words
    .split(' ')
    .every((word) => foldText(name).includes(word) || foldText(team).includes(word));
}

/** Whom the ticket goes to, by typing a name or a team; arrows choose, nobody is chosen before. */
export function TakerPicker({
  ownerId,
  value,
  error,
  onChange,
}: {
  /** Has it already. */
  ownerId: string | null;
  value: string | null;
  error: string | null;
  onChange: (id: string | null) => void;
}) {
  const { t } = useTranslation('ticketPage');
  const teamName = useTeamName();
  const me = useDesk((desk) => desk.session.user?.id ?? null);
  const { data } = useQuery('tickets.takers', {}, ['user', 'presence', 'ticket']);
  const [typed, setTyped] = useState('');
  const teamOf = ({ teamId }: TicketTaker) => (teamId === null ? '' : teamName(teamId));
  const words = foldText(typed);
  const others = (data ?? []).filter(({ id }) => id !== ownerId);
  const found = others
    .filter((taker) => isFound(taker.name, teamOf(taker), words))
    .toSorted((one, other) => Number(other.id === me) - Number(one.id === me))
    .slice(0, shown);
  const at = found.findIndex(({ id }) => id === value);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const next = found[Math.min(Math.max(at + step, 0), found.length - 1)];
    if (next) onChange(next.id);
  };
  return (
    <>
      <Field label={t('assign.to')} required error={error}>
        {(control) => (
          <TextField
            {...control}
            role="combobox"
            data-autofocus
            aria-expanded={found.length > 0}
            aria-controls="ticket-takers"
            aria-activedescendant={at >= 0 ? `taker-${value}` : undefined}
            data-testid="ticket-assign-name"
            placeholder={t('assign.placeholder')}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              onChange(null);
            }}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      <div id="ticket-takers" role="listbox" aria-label={t('assign.to')} className={styles.takers}>
        {found.map((taker) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keys
          <div
            key={taker.id}
            id={`taker-${taker.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={taker.id === value}
            data-testid="ticket-taker"
            onClick={() => onChange(taker.id)}
          >
            <span className="cut">
              {taker.id === me ? t('fields:you', { name: taker.name }) : taker.name}
            </span>
            <span className="small cut">
              {[teamOf(taker), taker.state ? t(`common:agentStates.${taker.state}`, '') : '']
                .filter(Boolean)
                .join(' · ')}
            </span>
            <span className="small nowrap">{t('assign.open', { count: taker.open })}</span>
          </div>
        ))}
      </div>
      {data && found.length === 0 ? <p className="small">{t('assign.nobody')}</p> : null}
    </>
  );
}

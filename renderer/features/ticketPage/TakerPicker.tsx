import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketTaker } from '#shared/contract/methods/tickets.ts';
import { foldText } from '#shared/domain/text/text.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useTeamName } from '../../i18n/useTeamName.ts';
import { useDesk } from '../../store/desk.ts';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ticketPage.module.css';
import { useListBox } from './useListBox.ts';

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
  const { box, optionOf } = useListBox(
    'ticket-takers',
    found.map(({ id }) => id),
    value,
    onChange,
  );
  return (
    <>
      <Field label={t('assign.to')} required error={error}>
        {(control) => (
          <TextField
            {...control}
            {...box}
            data-autofocus
            data-testid="ticket-assign-name"
            placeholder={t('assign.placeholder')}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              onChange(null);
            }}
          />
        )}
      </Field>
      <div id="ticket-takers" role="listbox" aria-label={t('assign.to')} className={styles.takers}>
        {found.map((taker) => (
          <div key={taker.id} {...optionOf(taker.id)} data-testid="ticket-taker">
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

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WrapUpChoices } from '#shared/contract/methods/wrapUps.ts';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { Field } from '../../ui/Field.tsx';
import fields from '../fields/fields.module.css';
import { PathPicker } from '../fields/PathPicker.tsx';
import type { PathItem } from '../fields/pathSearch.ts';
import { LinkedTickets } from './LinkedTickets.tsx';

/** Tickets of the call, and open ones of the customer that are linked by typing a word or a number. */
export function TicketLinks({
  ofCall,
  linked,
  choices,
  required,
  error,
  onChange,
  inputRef,
}: {
  ofCall: readonly string[];
  linked: readonly string[];
  choices: WrapUpChoices['tickets'];
  required: boolean;
  error: string | null;
  onChange: (ticketIds: string[]) => void;
  inputRef: React.RefObject<HTMLInputElement | null>;
}) {
  const { t } = useTranslation('wrapUp');
  const items = useMemo(
    () =>
      choices
        .filter(({ id }) => !linked.includes(id) && !ofCall.includes(id))
        .map(({ id, no, subject }): PathItem => {
          const words = no === null ? subject : `${no} ${subject}`;
          return { id, path: [{ en: words, 'zh-CN': words }] };
        }),
    [choices, linked, ofCall],
  );
  useShortcut('wrapUp.link', () => inputRef.current?.focus(), items.length > 0);
  const hint = items.length === 0 ? t('linkNone') : undefined;
  return (
    <div className={fields.c6}>
      <Field
        label={t('tickets')}
        required={required}
        keys={keysOf('wrapUp.link')}
        error={error}
        hint={hint}
      >
        {(control) => (
          <>
            <LinkedTickets
              ticketIds={[...ofCall, ...linked]}
              onUnlink={(id) => onChange(linked.filter((one) => one !== id))}
              linked={linked}
            />
            {items.length > 0 ? (
              <PathPicker
                control={control}
                items={items}
                value={null}
                placeholder={t('linkPlaceholder')}
                onChange={(id) => {
                  if (id !== null) onChange([...linked, id]);
                }}
                inputRef={inputRef}
                testId="wrap-up-link"
              />
            ) : null}
          </>
        )}
      </Field>
    </div>
  );
}

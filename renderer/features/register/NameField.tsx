import { Combobox, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SimilarWish } from '#shared/contract/methods/quality.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import fields from '../fields/fields.module.css';
import { pastePlain } from '../fields/pasteText.ts';
import { registerNameMark } from './registerFocus.ts';
import { SimilarCustomers } from './SimilarCustomers.tsx';

const searchDelayMs = 200;

/**
 * The name, and below it whoever in the records looks like it. Enter takes a similar customer only
 * after an arrow key: nothing is preselected.
 */
export function NameField({
  label,
  placeholder,
  name,
  wish,
  onChange,
  onUse,
  error,
}: {
  label: string;
  placeholder: string;
  name: string;
  /** What is typed so far, for finding the same customer. */
  wish: SimilarWish;
  onChange: (name: string) => void;
  onUse: (customerId: string) => void;
  error: string | null;
}) {
  const { t } = useTranslation('register');
  const textOf = useFailureText();
  const listId = useId();
  const [activeGone, setActiveGone] = useState(true);
  const [wanted] = useDebouncedValue(wish, searchDelayMs);
  const { kind: _, ...typed } = wanted;
  const nothing = Object.values(typed).every((text) => text.trim() === '');
  const similar = useQuery('customers.similar', nothing ? null : wanted, ['customer']);
  const candidates = similar.data ?? [];
  const store = useCombobox({ opened: candidates.length > 0, loop: false });
  const { resetSelectedOption } = store;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another name or another list forgets the arrow keys
  useEffect(() => {
    resetSelectedOption();
    setActiveGone(true);
  }, [resetSelectedOption, name, similar.data]);

  return (
    <Combobox store={store} onOptionSubmit={onUse} withinPortal={false}>
      <Field
        className={fields.c6 ?? ''}
        label={label}
        required
        error={error}
        hint={similar.failure ? `${t('similar.offline')}. ${textOf(similar.failure)}` : undefined}
      >
        {(control) => (
          <Combobox.EventsTarget
            withExpandedAttribute
            aria-controls={candidates.length > 0 ? listId : undefined}
            {...(activeGone ? { 'aria-activedescendant': undefined } : {})}
          >
            <TextField
              {...control}
              {...registerNameMark}
              data-place="name"
              dir="auto"
              onPaste={pastePlain}
              data-testid="register-name"
              placeholder={placeholder}
              value={name}
              onKeyDown={(event) => {
                if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setActiveGone(false);
              }}
              onChange={(event) => onChange(event.target.value)}
            />
          </Combobox.EventsTarget>
        )}
      </Field>
      {candidates.length > 0 ? (
        <div className={fields.c6}>
          <SimilarCustomers listId={listId} candidates={candidates} typedName={name} />
        </div>
      ) : null}
    </Combobox>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '#shared/contract/models/records.ts';
import { type FormField, formGroups } from '#shared/domain/settings/customerForm.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { Chip } from '../../ui/Chip.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { useFormFields, useValueText } from '../fields/useFormFields.ts';
import { ValueInput } from '../fields/ValueInput.tsx';
import styles from './CustomerCard.module.css';
import { InPlace } from './InPlace.tsx';
import type { CustomerEditing } from './useCustomerEdit.ts';
import { VerifiedMark } from './VerifiedMark.tsx';

function ProfileLine({
  card,
  field,
  editing,
}: {
  card: Card;
  field: FormField;
  editing: CustomerEditing;
}) {
  const format = useFormat();
  const valueText = useValueText();
  const { customer } = card;
  const held = Object.hasOwn(customer.profile, field.id) ? customer.profile[field.id] : undefined;
  const value = held?.value ?? '';
  const name = `profile.${field.id}`;
  return (
    <InPlace
      label={format.text(field.label)}
      value={value}
      shown={value === '' ? null : valueText(field, value)}
      testId={`profile-${field.id}`}
      save={
        editing.may && !field.retired
          ? (typed) => editing.edit({ profile: { [field.id]: typed } })
          : null
      }
      lines={field.type === 'longText'}
      mark={held && value !== '' ? <VerifiedMark verifiedOn={held.verifiedOn} /> : null}
      onVerify={value === '' ? undefined : () => editing.verify(name)}
      history={value === '' ? undefined : { customerId: customer.id, field: name }}
      input={(parts) => (
        <ValueInput {...parts} field={field} focused testId={`profile-${field.id}-input`} />
      )}
    />
  );
}

/** Values whose field the form does not name any more: kept, and shown under the field's old id. */
function strangeFields(card: Card, fields: readonly FormField[]): FormField[] {
  const known = new Set(fields.map(({ id }) => id));
  const strange = Object.entries(card.customer.profile).filter(
    ([id, { value }]) => !known.has(id) && value !== '',
  );
  return strange.map(([id]) => ({
    ...{ id, label: { en: id, 'zh-CN': id }, type: 'text', kinds: [card.customer.kind] },
    ...{ group: 'other', choices: [], required: false, question: null, worth: 0 },
    ...{ staleAfterMonths: null, retired: true },
  }));
}

/** The form's values by group. Empty fields are offered once the agent asks for them. */
export function ProfileGroups({ card, editing }: { card: Card; editing: CustomerEditing }) {
  const { t } = useTranslation('customer');
  const format = useFormat();
  const [all, setAll] = useState(false);
  const form = useFormFields();
  const { profile, kind } = card.customer;
  const has = ({ id }: FormField) => Object.hasOwn(profile, id) && profile[id]?.value !== '';
  const fields = [...form, ...strangeFields(card, form)].filter(
    (field) => has(field) || (!field.retired && field.kinds.includes(kind)),
  );
  const missing = fields.filter((field) => !has(field));
  const shown = fields.filter((field) => all || has(field));
  return (
    <>
      {formGroups.map((group) => {
        const lines = shown.filter((field) => field.group === group);
        if (lines.length === 0) return null;
        return (
          <div key={group} className={styles.block} data-testid={`group-${group}`}>
            <SectionHead title={t(`groups.${group}`)} />
            <dl>
              {lines.map((field) => (
                <ProfileLine key={field.id} card={card} field={field} editing={editing} />
              ))}
            </dl>
          </div>
        );
      })}
      {missing.length > 0 ? (
        <div className={styles.block}>
          {all ? null : (
            <p className={styles.missing}>
              {t('notGiven', {
                fields: missing.map(({ label }) => format.text(label)).join(t('listComma')),
              })}
            </p>
          )}
          {editing.may ? (
            <Chip pressed={all} data-testid="all-fields" onClick={() => setAll(!all)}>
              {t('allFields')}
            </Chip>
          ) : null}
        </div>
      ) : null}
    </>
  );
}

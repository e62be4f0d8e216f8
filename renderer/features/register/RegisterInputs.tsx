import { IconBuilding, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { FormField } from '#shared/domain/settings/customerForm.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import styles from '../fields/fields.module.css';
import { LongText } from '../fields/LongText.tsx';
import { FormGroups } from './FormGroups.tsx';
import { NameField } from './NameField.tsx';
import { PointRows } from './PointRows.tsx';
import { askedFields, type RegisterFields, similarWishOf } from './registerFields.ts';

interface InputsProps {
  call: DeskCall | null;
  fields: readonly FormField[];
  value: RegisterFields;
  change: (patch: Partial<RegisterFields>) => void;
  /** What is wrong at a place of the form, in words. */
  problemOf: (place: string) => string | null;
  onUse: (customerId: string) => void;
}

/** The registration form: who it is, how to reach them, and whatever the centre's form asks. */
export function RegisterInputs({ call, fields, value, change, problemOf, onUse }: InputsProps) {
  const { t } = useTranslation(['register', 'fields']);
  const company = value.kind === 'company';
  return (
    <div className={styles.grid}>
      <div className={styles.c4}>
        <Segmented
          label={t('kind')}
          value={value.kind}
          options={[
            {
              value: 'person' as const,
              label: t('common:customerKind.person'),
              icon: <IconUser size={16} aria-hidden="true" />,
            },
            {
              value: 'company' as const,
              label: t('common:customerKind.company'),
              icon: <IconBuilding size={16} aria-hidden="true" />,
            },
          ]}
          onChange={(kind) => change({ kind })}
        />
      </div>
      <NameField
        label={company ? t('companyName') : t('name')}
        placeholder={company ? t('companyPlaceholder') : t('namePlaceholder')}
        name={value.name}
        wish={similarWishOf(value)}
        onChange={(name) => change({ name })}
        onUse={onUse}
        error={problemOf('name')}
      />
      <PointRows
        points={value.points}
        onChange={(points) => change({ points })}
        problemOf={problemOf}
        callNumber={call?.number.raw ?? ''}
        withheld={call?.number.withheld ?? false}
      />
      <div className={styles.c6}>
        <FormGroups
          asked={askedFields(fields, value.kind)}
          profile={value.profile}
          problemOf={problemOf}
          onChange={(id, typed) => change({ profile: { ...value.profile, [id]: typed } })}
        />
      </div>
      <LongText
        className={styles.c6}
        label={t('note')}
        placeholder={t('notePlaceholder')}
        value={value.note}
        onChange={(note) => change({ note })}
        testId="register-note"
      />
    </div>
  );
}

import { IconBuilding, IconCircleCheck, IconUser } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models.ts';
import { languages } from '#shared/domain/text.ts';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from '../fields/fields.module.css';
import { LongText, useTooLong } from '../fields/LongText.tsx';
import { NameField } from './NameField.tsx';
import own from './register.module.css';
import { maxLineLength, type RegisterField, type RegisterFields } from './registerFields.ts';

export interface RegisterRefs {
  name: RefObject<HTMLInputElement | null>;
  numberRaw: RefObject<HTMLInputElement | null>;
  email: RefObject<HTMLInputElement | null>;
  address: RefObject<HTMLInputElement | null>;
  note: RefObject<HTMLTextAreaElement | null>;
}

interface InputsProps {
  call: DeskCall;
  value: RegisterFields;
  change: (patch: Partial<RegisterFields>) => void;
  refs: RegisterRefs;
  /** Fields that kept the customer from being created. */
  open: readonly RegisterField[];
  onUse: (customerId: string) => void;
}

function NumberField({ call, value, change, refs, open }: InputsProps) {
  const { t } = useTranslation('register');
  const tooLong = useTooLong();
  const fromCall = value.numberRaw !== '' && value.numberRaw === call.number.raw;
  const wrong = open.includes('numberRaw') ? t('errors.numberLetters') : null;
  return (
    <Field
      className={styles.c3 ?? ''}
      label={t('number')}
      error={tooLong(value.numberRaw, maxLineLength) ?? wrong}
      hint={call.number.withheld && value.numberRaw === '' ? t('withheld') : undefined}
    >
      {(control) => (
        <TextField
          {...control}
          ref={refs.numberRaw}
          type="tel"
          data-testid="register-number"
          value={value.numberRaw}
          onChange={(event) => change({ numberRaw: event.target.value })}
          trail={
            fromCall ? (
              <span className={own.fromCall}>
                <IconCircleCheck size={14} aria-hidden="true" />
                {t('fromCall')}
              </span>
            ) : null
          }
        />
      )}
    </Field>
  );
}

function LineField({
  field,
  label,
  placeholder,
  error,
  className,
  value,
  change,
  refs,
}: {
  field: 'email' | 'address';
  label: string;
  placeholder?: string;
  error: string | null;
  className: string | undefined;
} & Pick<InputsProps, 'value' | 'change' | 'refs'>) {
  const tooLong = useTooLong();
  return (
    <Field
      className={className ?? ''}
      label={label}
      error={tooLong(value[field], maxLineLength) ?? error}
    >
      {(control) => (
        <TextField
          {...control}
          ref={refs[field]}
          data-testid={`register-${field}`}
          placeholder={placeholder}
          value={value[field]}
          onChange={(event) => change({ [field]: event.target.value })}
        />
      )}
    </Field>
  );
}

/** The fields of the registration form, in the order in which they are asked. */
export function RegisterInputs(props: InputsProps) {
  const { t } = useTranslation(['register', 'fields']);
  const { value, change, refs, open, onUse } = props;
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
        numberRaw={value.numberRaw}
        onChange={(name) => change({ name })}
        onUse={onUse}
        error={open.includes('name') ? t('errors.name') : null}
        inputRef={refs.name}
      />
      <NumberField {...props} />
      <LineField
        {...{ value, change, refs }}
        field="email"
        className={styles.c3}
        label={t('email')}
        error={open.includes('email') ? t('errors.email') : null}
      />
      <LineField
        {...{ value, change, refs }}
        field="address"
        className={styles.c6}
        label={t('address')}
        placeholder={t('addressPlaceholder')}
        error={null}
      />
      <div className={styles.c4}>
        <div className={styles.plainLabel}>{t('language')}</div>
        <Segmented
          label={t('language')}
          value={value.language ?? 'none'}
          options={(['none', ...languages] as const).map((language) => ({
            value: language,
            label: t(`languages.${language}`),
          }))}
          onChange={(language) => change({ language: language === 'none' ? null : language })}
        />
      </div>
      <LongText
        className={styles.c6}
        label={t('note')}
        placeholder={t('notePlaceholder')}
        value={value.note}
        onChange={(note) => change({ note })}
        areaRef={refs.note}
        testId="register-note"
      />
    </div>
  );
}

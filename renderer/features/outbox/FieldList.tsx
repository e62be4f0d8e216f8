import { useTranslation } from 'react-i18next';
import styles from './outbox.module.css';
import { type KnownField, knownFields } from './outboxFields.ts';
import { useFieldText } from './useFieldText.ts';

/** What was written, field by field, each cut to a line. */
export function FieldList({
  entity,
  fields,
  isNew,
  wrong = null,
}: {
  entity: string;
  fields: Record<string, unknown>;
  /** What a new record leaves empty is nothing that was written. */
  isNew: boolean;
  /** The field that the server names. */
  wrong?: string | null;
}) {
  const { t } = useTranslation('outbox');
  const textOf = useFieldText();
  const known: KnownField[] = knownFields({ entity, fields }).filter(
    ({ name, value }) => name === wrong || !isNew || !isEmpty(value),
  );
  if (known.length === 0) return null;
  return (
    <dl className={styles.fields}>
      {known.map((field) => (
        <div key={field.name} className={styles.pair} data-wrong={field.name === wrong}>
          <dt>{t(`fields.${field.name}`)}</dt>
          <dd className="cut" title={textOf(field)}>
            {textOf(field)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SegmentCondition } from '#shared/domain/segments/segmentRule.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { ConditionValue } from './ConditionValue.tsx';
import { conditionFields, freshCondition } from './conditions.ts';
import styles from './segments.module.css';

/** One condition: what it looks at, and what it asks of that. */
export function ConditionRow({
  condition,
  currency,
  onChange,
  onRemove,
}: {
  condition: SegmentCondition;
  currency: string;
  onChange: (condition: SegmentCondition) => void;
  onRemove: (() => void) | null;
}) {
  const { t } = useTranslation('segments');
  return (
    <li className={styles.condition} data-testid="condition">
      <Select
        aria-label={t('field')}
        value={condition.field}
        data-testid="condition-field"
        options={conditionFields.map((field) => ({ value: field, label: t(`fields.${field}`) }))}
        onChoose={(field) => onChange(freshCondition(field))}
      />
      <ConditionValue
        key={condition.field}
        condition={condition}
        currency={currency}
        onChange={onChange}
      />
      <span className="grow" />
      {onRemove ? (
        <IconButton
          label={t('remove')}
          icon={<IconX size={16} aria-hidden="true" />}
          onClick={onRemove}
        />
      ) : null}
    </li>
  );
}

import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { maxConditions, type SegmentRule } from '#shared/domain/segments/segmentRule.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { ConditionRow } from './ConditionRow.tsx';
import { freshCondition } from './conditions.ts';
import styles from './segments.module.css';

/** The conditions of a segment, all or any of which are to hold. */
export function RuleEditor({
  rule,
  currency,
  onChange,
}: {
  rule: SegmentRule;
  currency: string;
  onChange: (rule: SegmentRule) => void;
}) {
  const { t } = useTranslation('segments');
  const { conditions, match } = rule;
  return (
    <div className={styles.rule}>
      <Segmented
        label={t('match.label')}
        value={match}
        options={(['all', 'any'] as const).map((value) => ({ value, label: t(`match.${value}`) }))}
        onChange={(next) => onChange({ ...rule, match: next })}
      />
      <ul>
        {conditions.map((condition, index) => (
          <ConditionRow
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name but their place
            key={index}
            condition={condition}
            currency={currency}
            onChange={(next) => onChange({ ...rule, conditions: conditions.with(index, next) })}
            onRemove={
              conditions.length === 1
                ? null
                : () => onChange({ ...rule, conditions: conditions.toSpliced(index, 1) })
            }
          />
        ))}
      </ul>
      <Button
        size="sm"
        icon={<IconPlus size={14} aria-hidden="true" />}
        disabled={conditions.length >= maxConditions}
        data-testid="condition-add"
        onClick={() => onChange({ ...rule, conditions: [...conditions, freshCondition('orders')] })}
      >
        {t('add')}
      </Button>
    </div>
  );
}

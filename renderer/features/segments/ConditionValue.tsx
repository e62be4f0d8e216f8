import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { customerKinds, valueClasses } from '#shared/domain/customers/customer.ts';
import type { SegmentCondition } from '#shared/domain/segments/segmentRule.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { minorPerUnit } from './conditions.ts';
import { NumberField } from './NumberField.tsx';
import { ProfileValue } from './ProfileValue.tsx';
import styles from './segments.module.css';

const sides = ['atLeast', 'atMost'] as const;
const mostAmount = 1_000_000_000;
const mostCount = 1_000_000;
const mostMonths = 120;

interface Props {
  condition: SegmentCondition;
  currency: string;
  onChange: (condition: SegmentCondition) => void;
}

/** What a condition asks, in the order in which it is said. */
export function ConditionValue({ condition, currency, onChange }: Props) {
  const { t } = useTranslation('segments');
  switch (condition.field) {
    case 'valueClass':
      return (
        <Checkbox.Group
          className={styles.checks ?? ''}
          value={[...condition.is]}
          aria-label={t('fields.valueClass')}
          onChange={(chosen) => {
            const is = valueClasses.filter((one) => chosen.includes(one));
            if (is.length > 0) onChange({ ...condition, is });
          }}
        >
          {valueClasses.map((one) => (
            <Checkbox key={one} size="xs" value={one} label={one} />
          ))}
        </Checkbox.Group>
      );
    case 'kind':
      return (
        <Select
          aria-label={t('fields.kind')}
          value={condition.is}
          options={customerKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          onChoose={(is) => onChange({ ...condition, is })}
        />
      );
    case 'tag':
      return (
        <>
          <Select
            aria-label={t('has.label')}
            value={condition.has ? 'yes' : 'no'}
            options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`has.${value}`) }))}
            onChoose={(has) => onChange({ ...condition, has: has === 'yes' })}
          />
          <TextField
            aria-label={t('fields.tag')}
            value={condition.tag}
            maxLength={100}
            aria-invalid={condition.tag.trim() === ''}
            onChange={(event) => onChange({ ...condition, tag: event.target.value })}
          />
        </>
      );
    case 'profile':
      return <ProfileValue condition={condition} onChange={onChange} />;
    case 'singleProduct':
      return <span className="muted">{t('singleProduct')}</span>;
    case 'amount':
      return (
        <Limit
          is={condition.is}
          unit={currency}
          value={Math.round(condition.minor / minorPerUnit)}
          least={0}
          most={mostAmount}
          onSide={(is) => onChange({ ...condition, is })}
          onValue={(value) => onChange({ ...condition, minor: value * minorPerUnit })}
        />
      );
    case 'customerFor':
    case 'monthsSinceContact':
      return (
        <Limit
          is={condition.is}
          unit={t('units.months')}
          value={condition.months}
          least={1}
          most={mostMonths}
          onSide={(is) => onChange({ ...condition, is })}
          onValue={(months) => onChange({ ...condition, months })}
        />
      );
    case 'recency':
    case 'frequency':
    case 'monetary':
      return (
        <Limit
          is={condition.is}
          unit={t('units.ofFive')}
          value={condition.fifth}
          least={1}
          most={5}
          onSide={(is) => onChange({ ...condition, is })}
          onValue={(fifth) => onChange({ ...condition, fifth })}
        />
      );
    default:
      return (
        <>
          <Limit
            is={condition.is}
            unit={condition.field === 'daysSinceOrder' ? t('units.days') : ''}
            value={condition.count}
            least={0}
            most={mostCount}
            onSide={(is) => onChange({ ...condition, is })}
            onValue={(count) => onChange({ ...condition, count })}
          />
          {condition.field === 'complaints' ? (
            <>
              <span>{t('within')}</span>
              <NumberField
                label={t('units.months')}
                value={condition.months}
                least={1}
                most={mostMonths}
                onChange={(months) => onChange({ ...condition, months })}
              />
              <span>{t('units.months')}</span>
            </>
          ) : null}
        </>
      );
  }
}

function Limit({
  is,
  unit,
  value,
  least,
  most,
  onSide,
  onValue,
}: {
  is: (typeof sides)[number];
  unit: string;
  value: number;
  least: number;
  most: number;
  onSide: (is: (typeof sides)[number]) => void;
  onValue: (value: number) => void;
}) {
  const { t } = useTranslation('segments');
  return (
    <>
      <Select
        aria-label={t('sides.label')}
        value={is}
        options={sides.map((side) => ({ value: side, label: t(`sides.${side}`) }))}
        onChoose={onSide}
      />
      <NumberField label={t('number')} value={value} least={least} most={most} onChange={onValue} />
      {unit === '' ? null : <span>{unit}</span>}
    </>
  );
}

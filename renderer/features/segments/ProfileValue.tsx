import { useTranslation } from 'react-i18next';
import type { SegmentCondition } from '#shared/domain/segments/segmentRule.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk, usePart } from '../../store/desk.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';

type ProfileCondition = Extract<SegmentCondition, { field: 'profile' }>;

const ways = ['known', 'missing', 'equal', 'containing'] as const;

/** A field of the registration form, and what stands there. Choices are offered by their names. */
export function ProfileValue({
  condition,
  onChange,
}: {
  condition: ProfileCondition;
  onChange: (condition: ProfileCondition) => void;
}) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const form = usePart('customerForm');
  const older = useDesk((desk) => desk.configuration?.profileFields);
  const fields = form && form.fields.length > 0 ? form.fields : (older ?? []);
  const options = fields.map(({ id, label }) => ({ value: id, label: format.text(label) }));
  const known = options.some(({ value }) => value === condition.id);
  const field = form?.fields.find(({ id }) => id === condition.id);
  const asksValue = condition.is === 'equal' || condition.is === 'containing';
  const choices = field?.choices ?? [];
  return (
    <>
      <Select
        aria-label={t('fields.profile')}
        value={condition.id}
        options={known ? options : [{ value: condition.id, label: condition.id }, ...options]}
        onChoose={(id) => onChange({ ...condition, id, value: '' })}
      />
      <Select
        aria-label={t('ways.label')}
        value={condition.is}
        options={ways.map((value) => ({ value, label: t(`ways.${value}`) }))}
        onChoose={(is) => onChange({ ...condition, is })}
      />
      {asksValue && choices.length > 0 && condition.is === 'equal' ? (
        <Select
          aria-label={t('ways.value')}
          value={condition.value}
          options={[
            { value: '', label: '' },
            ...choices.map(({ id, label }) => ({ value: id, label: format.text(label) })),
          ]}
          onChoose={(value) => onChange({ ...condition, value })}
        />
      ) : null}
      {asksValue && !(choices.length > 0 && condition.is === 'equal') ? (
        <TextField
          aria-label={t('ways.value')}
          value={condition.value}
          maxLength={200}
          onChange={(event) => onChange({ ...condition, value: event.target.value })}
        />
      ) : null}
    </>
  );
}

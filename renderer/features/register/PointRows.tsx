import { IconCircleCheck, IconPlus, IconStar, IconStarFilled, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { AddressInput } from '../fields/AddressInput.tsx';
import fields from '../fields/fields.module.css';
import { PointChoices } from '../fields/PointChoices.tsx';
import { pastePlain } from '../fields/pasteText.ts';
import { useShownLabel } from '../fields/pointLabel.ts';
import own from './register.module.css';
import { newPoint, type PointKind, type TypedPoint } from './registerFields.ts';

interface RowProps {
  point: TypedPoint;
  place: string;
  testId: string;
  error: string | null;
  /** Removed only where another of its kind stays. */
  removable: boolean;
  hint: string | undefined;
  fromCall: boolean;
  onChange: (patch: Partial<TypedPoint>) => void;
  onRemove: () => void;
}

function PointRow(props: RowProps) {
  const { point, place, testId, error, removable, hint, fromCall, onChange, onRemove } = props;
  const { t } = useTranslation(['register', 'customer']);
  const kindName = t(`customer:kinds.${point.kind}`);
  const label = useShownLabel(point);
  return (
    <div className={own.point} data-place={place}>
      <Field label={kindName} error={error} hint={hint} className={own.pointText ?? ''}>
        {(control) =>
          point.kind === 'address' ? (
            <AddressInput
              control={control}
              testId={testId}
              placeholder={t('addressPlaceholder')}
              value={point.raw}
              onChange={(raw) => onChange({ raw })}
            />
          ) : (
            <TextField
              {...control}
              data-testid={testId}
              type={point.kind === 'phone' ? 'tel' : 'text'}
              value={point.raw}
              onPaste={pastePlain}
              onChange={(event) => onChange({ raw: event.target.value })}
              trail={
                fromCall ? (
                  <span className={own.fromCall}>
                    <IconCircleCheck size={14} aria-hidden="true" />
                    {t('fromCall')}
                  </span>
                ) : null
              }
            />
          )
        }
      </Field>
      <span className={own.pointTools}>
        <PointChoices
          kind={point.kind}
          label={label}
          consent={point.consent}
          names={{
            label: t('pointLabel', { kind: kindName }),
            consent: t('consent', { kind: kindName }),
          }}
          testId={testId}
          onChange={onChange}
        />
        <IconButton
          label={t('customer:preferred')}
          icon={point.preferred ? <IconStarFilled size={16} /> : <IconStar size={16} />}
          aria-pressed={point.preferred}
          onClick={() => onChange({ preferred: !point.preferred })}
        />
        {removable ? (
          <IconButton
            label={t('removePoint', { kind: kindName })}
            icon={<IconX size={16} />}
            onClick={onRemove}
          />
        ) : null}
      </span>
    </div>
  );
}

/** Every way to reach the customer: number, e-mail, address, each as often as there are. */
export function PointRows({
  points,
  onChange,
  problemOf,
  callNumber,
  withheld,
}: {
  points: readonly TypedPoint[];
  onChange: (points: TypedPoint[]) => void;
  problemOf: (place: string) => string | null;
  callNumber: string;
  withheld: boolean;
}) {
  const { t } = useTranslation(['register', 'customer']);
  const patch = (at: number, change: Partial<TypedPoint>) =>
    onChange(
      points.map((point, index) => {
        if (index === at) return { ...point, ...change };
        const other = change.preferred === true && point.kind === points[at]?.kind;
        return other ? { ...point, preferred: false } : point;
      }),
    );
  return (
    <div className={fields.c6} data-testid="register-points">
      {(['phone', 'email', 'address'] as const).map((kind) => {
        const indexes = [...points.keys()].filter((at) => points[at]?.kind === kind);
        return indexes.map((at, order) => {
          const point = points[at];
          if (!point) return null;
          const base = `register-${kind === 'phone' ? 'number' : kind}`;
          return (
            <PointRow
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name and keep their order
              key={`${kind}.${order}`}
              point={point}
              place={`points.${at}`}
              testId={order === 0 ? base : `${base}-${order + 1}`}
              error={problemOf(`points.${at}`)}
              removable={indexes.length > 1}
              hint={kind === 'phone' && withheld && point.raw === '' ? t('withheld') : undefined}
              fromCall={kind === 'phone' && point.raw !== '' && point.raw === callNumber}
              onChange={(change) => patch(at, change)}
              onRemove={() => onChange(points.filter((_, index) => index !== at))}
            />
          );
        });
      })}
      <div className="row">
        {(['phone', 'email', 'address'] as PointKind[]).map((kind) => (
          <Button
            key={kind}
            size="sm"
            variant="ghost"
            icon={<IconPlus size={14} aria-hidden="true" />}
            data-testid={`register-add-${kind}`}
            onClick={() => onChange([...points, newPoint(kind)])}
          >
            {t(`addPoint.${kind}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}

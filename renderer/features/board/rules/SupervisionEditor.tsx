import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isTimeZone } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { SupervisionRules } from '#shared/domain/settings/supervision.ts';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { TypedField } from '../../serviceLevels/TypedField.tsx';
import styles from './rules.module.css';
import { readMinute, writeMinute } from './ruleText.ts';
import { TargetTable } from './TargetTable.tsx';
import { ThresholdTable } from './ThresholdTable.tsx';
import { TypedCell } from './TypedCell.tsx';

const mostQuietHours = 10;

/** What the board and reports measure queues by, from when on the board calls, and when it is silent. */
export function SupervisionEditor({
  value,
  onChange,
}: {
  value: SupervisionRules;
  onChange: (value: SupervisionRules) => void;
}) {
  const { t } = useTranslation('board');
  return (
    <div className={styles.editor}>
      <div className={styles.zone}>
        <TypedField
          label={t('rules.zone')}
          hint={t('rules.zoneHint')}
          wrong={t('rules.badZone')}
          testId="supervision-zone"
          value={value.timeZone}
          textOf={(zone) => zone}
          read={(text) => (isTimeZone(text.trim()) && text.trim() !== '' ? text.trim() : undefined)}
          onChange={(timeZone) => onChange({ ...value, timeZone })}
        />
      </div>
      <section>
        <h3>{t('rules.targets')}</h3>
        <p className="small">{t('rules.targetsHint')}</p>
        <TargetTable
          targets={value.targets}
          onChange={(targets) => onChange({ ...value, targets })}
        />
      </section>
      <section>
        <h3>{t('rules.thresholds')}</h3>
        <p className="small">{t('rules.thresholdsHint')}</p>
        <ThresholdTable
          thresholds={value.thresholds}
          onChange={(thresholds) => onChange({ ...value, thresholds })}
        />
      </section>
      <section>
        <h3>{t('rules.quiet')}</h3>
        <p className="small">{t('rules.quietHint')}</p>
        <QuietHours
          hours={value.quietHours}
          onChange={(quietHours) => onChange({ ...value, quietHours })}
        />
      </section>
    </div>
  );
}

function QuietHours({
  hours,
  onChange,
}: {
  hours: SupervisionRules['quietHours'];
  onChange: (hours: SupervisionRules['quietHours']) => void;
}) {
  const { t } = useTranslation('board');
  return (
    <>
      <ul className={styles.quiet}>
        {hours.map((span, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a time of the day is what stands in its place
          <li key={place} className="row">
            {(['from', 'to'] as const).map((edge) => (
              <span key={edge} className="row">
                <span className="muted">{t(`rules.${edge}`)}</span>
                <TypedCell
                  label={t(`rules.${edge}`)}
                  wrong={t('rules.badTime')}
                  testId={`quiet-${edge}`}
                  value={span[edge]}
                  write={writeMinute}
                  read={readMinute}
                  onChange={(minute) => onChange(hours.with(place, { ...span, [edge]: minute }))}
                />
              </span>
            ))}
            <IconButton
              label={t('rules.remove')}
              icon={<IconTrash size={16} aria-hidden="true" />}
              onClick={() => onChange(hours.filter((_, at) => at !== place))}
            />
          </li>
        ))}
      </ul>
      {hours.length < mostQuietHours ? (
        <Button
          icon={<IconPlus size={16} aria-hidden="true" />}
          data-testid="add-quiet"
          onClick={() => onChange([...hours, { from: 1320, to: 360 }])}
        >
          {t('rules.addQuiet')}
        </Button>
      ) : null}
    </>
  );
}

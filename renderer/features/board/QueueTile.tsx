import { IconAlertTriangle, IconCheck, IconMinus, IconTrendingDown } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueTargets } from '#shared/domain/metrics/queueFigures.ts';
import type { BoardMeasure } from '#shared/domain/settings/supervision.ts';
import type { AlertLevel } from '#shared/domain/supervision/thresholds.ts';
import type { QueueFigures } from '../../store/boardFigures.ts';
import { Meter } from '../../ui/charts/Meter.tsx';
import { cx } from '../../ui/cx.ts';
import { gridStop } from '../../ui/useGridKeys.ts';
import { useLevel, useWorstMeasure } from './alerts/alertStore.ts';
import styles from './board.module.css';
import { clockOf, finePercent, spanOf, unknown, wholePercent } from './boardWords.ts';
import { Elapsed } from './Elapsed.tsx';

export type Standing = 'none' | 'ok' | 'short' | 'warn' | 'alarm';

/** How a queue stands in one word: by its worst threshold, else by its target. */
export function standingOf(
  level: AlertLevel | null,
  serviceLevel: number | null,
  target: number,
): Standing {
  if (level !== null) return level;
  if (serviceLevel === null) return 'none';
  return serviceLevel >= target ? 'ok' : 'short';
}

const marks = {
  none: { icon: IconMinus, tone: 'muted' },
  ok: { icon: IconCheck, tone: 'tone-ok' },
  short: { icon: IconTrendingDown, tone: 'tone-warn' },
  warn: { icon: IconAlertTriangle, tone: 'tone-warn' },
  alarm: { icon: IconAlertTriangle, tone: 'tone-error' },
} as const;

const meterTones = { ok: 'ok', short: 'warn', warn: 'warn', alarm: 'error' } as const;

/** Shape, word and colour of how a queue stands. */
export function StandingMark({
  standing,
  measure,
  short,
  size = 14,
}: {
  standing: Standing;
  measure: BoardMeasure | null;
  /** Points of a hundred below the target. */
  short: number;
  size?: number;
}) {
  const { t } = useTranslation('board');
  const { icon: Icon, tone } = marks[standing];
  const words =
    measure && (standing === 'warn' || standing === 'alarm') && measure !== 'serviceLevel'
      ? t(`over.${measure}`)
      : short > 0
        ? t('standing.short', { count: short })
        : t(`standing.${standing === 'none' ? 'none' : 'ok'}`);
  return (
    <span className={cx(styles.standing, tone)} data-testid="queue-standing">
      <Icon size={size} aria-hidden="true" />
      {words}
    </span>
  );
}

/** Tone of the bar of the service level: by its own target, whatever else is wrong. */
export function levelTone(
  serviceLevel: number | null,
  target: number,
  worst: { level: AlertLevel | null; measure: BoardMeasure | null },
) {
  const level = worst.measure === 'serviceLevel' ? worst.level : null;
  const standing = standingOf(level, serviceLevel, target);
  return standing === 'none' ? 'plain' : meterTones[standing];
}

export function pointsShort(serviceLevel: number | null, target: number): number {
  if (serviceLevel === null) return 0;
  return Math.max(0, Math.round(target * 100) - Math.round(serviceLevel * 100));
}

interface QueueTileProps {
  figures: QueueFigures;
  targets: QueueTargets;
  name: string;
  chosen: boolean;
  /** Many stand there: only the most important is said. */
  brief: boolean;
  onChoose: (queueId: string) => void;
}

/** One queue: who waits, how the day goes against the target, what a caller has to expect. */
export const QueueTile = memo(function QueueTile({
  figures,
  targets,
  name,
  chosen,
  brief,
  onChoose,
}: QueueTileProps) {
  const { t } = useTranslation('board');
  const { queueId, waiting, waitingSince, rates, today } = figures;
  const level = useLevel(`queue:${queueId}`);
  const measure = useWorstMeasure(`queue:${queueId}`);
  const { serviceLevel } = rates;
  const seconds = Math.round(targets.answerWithinMs / 1000);
  const base = t(`base.${targets.denominator}`, { count: today.levelBase });
  const meter = t('meter', {
    ...{ seconds, level: wholePercent(serviceLevel), target: wholePercent(targets.level) },
  });
  const mark = (
    <StandingMark
      standing={standingOf(level, serviceLevel, targets.level)}
      measure={measure}
      short={pointsShort(serviceLevel, targets.level)}
    />
  );
  return (
    <article
      className={styles.tile}
      title={brief ? base : undefined}
      data-level={level ?? 'none'}
      data-about={`queue:${queueId}`}
      data-testid={`queue-tile-${queueId}`}
      data-waiting={waiting}
    >
      <header>
        <h2 className="cut grow">
          <button
            {...gridStop}
            type="button"
            className={styles.tileButton}
            aria-pressed={chosen}
            title={t('chooseQueue', { name })}
            onClick={() => onChoose(queueId)}
          >
            {name}
          </button>
        </h2>
        {brief ? null : mark}
      </header>
      <div className={styles.waiting}>
        <b>{waiting}</b>
        <span className="muted">{t('waiting')}</span>
        <span className="grow" />
        <span className="small">{t('longest')}</span>
        <span className={styles.longest}>
          {waitingSince === null ? unknown : <Elapsed since={waitingSince} />}
        </span>
      </div>
      <div className={styles.level}>
        <span>
          {t('within', { seconds })} <b>{wholePercent(serviceLevel)}</b>
        </span>
        {brief ? mark : <span>{t('target', { target: wholePercent(targets.level) })}</span>}
      </div>
      <Meter
        label={`${meter}, ${base}`}
        value={serviceLevel}
        target={targets.level}
        tone={levelTone(serviceLevel, targets.level, { level, measure })}
      />
      {brief ? null : (
        <>
          <p
            className={cx('cut', styles.base)}
            title={t(`denominators.${targets.denominator}.hint`)}
          >
            {base}
          </p>
          <Facts figures={figures} />
        </>
      )}
    </article>
  );
});

function Facts({ figures }: { figures: QueueFigures }) {
  const { t } = useTranslation('board');
  const { rates } = figures;
  const facts = [
    ['abandon', finePercent(rates.abandonRate)],
    ['speed', spanOf(rates.answerSpeedMs)],
    ['expected', clockOf(figures.expectedWaitMs)],
    ['ready', String(figures.ready)],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([fact, value]) => (
        <div key={fact}>
          <dt title={t(`facts.${fact}.hint`)}>{t(`facts.${fact}.word`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueueTargets } from '#shared/domain/metrics/queueFigures.ts';
import type { QueueFigures } from '../../../store/boardFigures.ts';
import { Meter } from '../../../ui/charts/Meter.tsx';
import { useLevel, useWorstMeasure } from '../alerts/alertStore.ts';
import { clockOf, finePercent, unknown, wholePercent } from '../boardWords.ts';
import { Elapsed } from '../Elapsed.tsx';
import { levelTone, pointsShort, StandingMark, standingOf } from '../QueueTile.tsx';
import styles from './wall.module.css';

/** One queue as it is read from the other end of the room. */
export const WallTile = memo(function WallTile({
  figures,
  targets,
  name,
}: {
  figures: QueueFigures;
  targets: QueueTargets;
  name: string;
}) {
  const { t } = useTranslation('board');
  const { queueId, waiting, waitingSince, rates, today } = figures;
  const level = useLevel(`queue:${queueId}`);
  const measure = useWorstMeasure(`queue:${queueId}`);
  const { serviceLevel } = rates;
  const seconds = Math.round(targets.answerWithinMs / 1000);
  return (
    <article className={styles.tile} data-level={level ?? 'none'} data-testid="wall-tile">
      <header>
        <h2 className="cut grow">{name}</h2>
        <StandingMark
          standing={standingOf(level, serviceLevel, targets.level)}
          measure={measure}
          short={pointsShort(serviceLevel, targets.level)}
          size={24}
        />
      </header>
      <div className={styles.numbers}>
        <div>
          <b>{waiting}</b>
          <span>{t('waiting')}</span>
        </div>
        <div>
          <b>{waitingSince === null ? unknown : <Elapsed since={waitingSince} />}</b>
          <span>{t('longest')}</span>
        </div>
        <div>
          <b>{figures.ready}</b>
          <span>{t('facts.ready.word')}</span>
        </div>
      </div>
      <div className={styles.level}>
        <span>
          {t('wall.within', { seconds })} <b>{wholePercent(serviceLevel)}</b>
        </span>
        <span>{t('target', { target: wholePercent(targets.level) })}</span>
      </div>
      <Meter
        big
        label={t('meter', {
          ...{ seconds, level: wholePercent(serviceLevel), target: wholePercent(targets.level) },
        })}
        value={serviceLevel}
        target={targets.level}
        tone={levelTone(serviceLevel, targets.level, { level, measure })}
      />
      <p className={styles.foot}>
        {t('wall.foot', {
          base: t(`base.${targets.denominator}`, { count: today.levelBase }),
          abandon: finePercent(rates.abandonRate),
          expected: clockOf(figures.expectedWaitMs),
        })}
      </p>
    </article>
  );
});

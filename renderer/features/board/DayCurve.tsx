import { memo, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { zoneOf } from '#shared/domain/serviceLevels/zonedTime.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFailureText } from '../../i18n/useFailureText.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useBoard } from '../../store/board.ts';
import { usePart } from '../../store/desk.ts';
import { LineChart } from '../../ui/charts/LineChart.tsx';
import { cx } from '../../ui/cx.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './board.module.css';
import { useChoice } from './boardChoice.ts';
import { useBoardWords } from './boardWords.ts';
import { dayCurveOf } from './curve.ts';
import { useShownNow } from './Elapsed.tsx';

const measures = ['offered', 'answered'] as const;
const againMs = 60_000;

/** The calls of today by half hours against yesterday and the same day last week, anew with every minute. */
export function DayCurve() {
  const minute = Math.floor(useShownNow() / againMs);
  return <CurveAt minute={minute} />;
}

const CurveAt = memo(function CurveAt({ minute }: { minute: number }) {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const format = useFormat();
  const failureText = useFailureText();
  const { queueId } = useChoice();
  const [measure, setMeasure] = useState<(typeof measures)[number]>('offered');
  const rules = usePart('supervision');
  const isLive = useBoard(({ link }) => link?.state === 'live');
  const { data, failure, reload } = useQuery('board.curve', { queueId });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each minute, and once the server is there again
  useEffect(() => reload(), [reload, minute, isLive]);
  const zone = zoneOf(rules?.timeZone ?? 'UTC');
  const curve = data && zone ? dayCurveOf(data, measure, { zone, now: minute * againMs }) : null;
  const name = queueId === null ? t('allQueues') : words.queue(queueId);
  return (
    <section className={styles.block} aria-label={t('curve.title')} data-testid="board-curve">
      <SectionHead
        title={<span className="nowrap">{t('curve.title')}</span>}
        count={
          <span className={cx('cut', styles.curveOf)} title={name}>
            {name}
          </span>
        }
        action={
          <Segmented
            label={t('curve.measure')}
            value={measure}
            options={measures.map((value) => ({ value, label: t(`curve.${value}`) }))}
            onChange={setMeasure}
          />
        }
      />
      {failure ? <p className="small">{failureText(failure)}</p> : null}
      {!curve && !failure ? <Skeleton widths={[90, 70, 80]} /> : null}
      {curve ? (
        <>
          <p className="small">{t('curve.soFar', curve.soFar)}</p>
          <LineChart
            summary={t('curve.summary', { name, what: t(`curve.${measure}`), ...curve.soFar })}
            labels={curve.labels}
            labelName={t('curve.time')}
            unit="count"
            height={160}
            format={format.number}
            series={[
              { key: 'today', name: t('common:today'), look: 'main', values: curve.today },
              {
                key: 'yesterday',
                name: t('common:yesterday'),
                look: 'faint',
                values: curve.yesterday,
              },
              {
                key: 'lastWeek',
                name: t('curve.lastWeek'),
                look: 'fainter',
                values: curve.lastWeek,
              },
            ]}
          />
        </>
      ) : null}
    </section>
  );
});

import { IconRefresh } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SegmentCondition, SegmentRule } from '#shared/domain/segments/segmentRule.ts';
import type { CustomerValues } from '#shared/sync/segments.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { Button } from '../../ui/Button.tsx';
import { ClassBadge } from '../../ui/ClassBadge.tsx';
import styles from './segments.module.css';

const lookAgainMs = 2_000;
/** Per cent of the accent colour behind a cell: the text must stay readable on it. */
const mostShade = 40;
const shadePerShare = 300;
const fifths = [5, 4, 3, 2, 1] as const;

/** What all customers' orders came to: the classes with their limits, and who ordered when and how often. */
export function ValueSummary({ onPick }: { onPick: (rule: SegmentRule) => void }) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const run = useRun();
  const answer = useQuery('segments.values', {});
  const values = answer.data?.values ?? null;
  const running = answer.data?.running ?? false;
  const { reload } = answer;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(reload, lookAgainMs);
    return () => clearInterval(timer);
  }, [running, reload]);
  async function recompute(): Promise<void> {
    if (await run('segments.recompute', {})) reload();
  }
  return (
    <section className={styles.values} aria-label={t('values.title')}>
      <div className={styles.valuesHead}>
        <h2>{t('values.title')}</h2>
        <span className="muted">
          {running ? t('values.running') : null}
          {!running && values ? t('values.at', { at: format.moment(values.computedAt) }) : null}
          {!running && answer.data && !values ? t('values.never') : null}
        </span>
        <span className="grow" />
        <Button
          size="sm"
          icon={<IconRefresh size={14} aria-hidden="true" />}
          disabled={running || answer.failure !== null}
          data-testid="values-recompute"
          onClick={() => void recompute()}
        >
          {t('values.again')}
        </Button>
      </div>
      {values ? <Figures values={values} onPick={onPick} /> : null}
    </section>
  );
}

function Figures({
  values,
  onPick,
}: {
  values: CustomerValues;
  onPick: (rule: SegmentRule) => void;
}) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const money = (minor: number) => format.money({ minor, currency: values.currency });
  const { aFromMinor, cUpToMinor, classes, months } = values;
  const words = {
    A: aFromMinor === null ? t('values.nobody') : t('values.a', { amount: money(aFromMinor) }),
    B: t('values.b'),
    C: cUpToMinor === null ? t('values.nobody') : t('values.c', { amount: money(cUpToMinor) }),
  };
  return (
    <div className={styles.figures}>
      <ul>
        {(['A', 'B', 'C'] as const).map((one) => (
          <li key={one} className={styles.class}>
            <ClassBadge valueClass={one} />
            <button
              type="button"
              className={styles.pick}
              onClick={() =>
                onPick({ match: 'all', conditions: [{ field: 'valueClass', is: [one] }] })
              }
            >
              {t('customers', { count: classes[one], formatted: format.number(classes[one]) })}
            </button>
            <span className="muted">{words[one]}</span>
          </li>
        ))}
        <li className="muted">{t('values.months', { count: months })}</li>
      </ul>
      <table className={styles.cells}>
        <caption className="muted">{t('values.cells')}</caption>
        <tbody>
          {fifths.map((recency) => (
            <tr key={recency}>
              <th scope="row">{`R${recency}`}</th>
              {fifths.toReversed().map((frequency) => (
                <Cell
                  key={frequency}
                  place={{ recency, frequency }}
                  values={values}
                  onPick={onPick}
                />
              ))}
            </tr>
          ))}
          <tr>
            <td />
            {fifths.toReversed().map((frequency) => (
              <th key={frequency} scope="col">{`F${frequency}`}</th>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function Cell({
  place: { recency, frequency },
  values: { cells, withOrders },
  onPick,
}: {
  place: { recency: number; frequency: number };
  values: CustomerValues;
  onPick: (rule: SegmentRule) => void;
}) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const count = cells[recency - 1]?.[frequency - 1] ?? 0;
  const share = withOrders === 0 ? 0 : count / withOrders;
  const shade = Math.min(mostShade, Math.round(share * shadePerShare));
  const exactly = (field: 'recency' | 'frequency', fifth: number): SegmentCondition[] => [
    { field, is: 'atLeast', fifth },
    { field, is: 'atMost', fifth },
  ];
  return (
    <td>
      <button
        type="button"
        className={styles.cell}
        // Darker where more are: the number says the same.
        style={{ background: `color-mix(in srgb, var(--ac) ${shade}%, var(--bg-tint))` }}
        aria-label={t('values.cell', { recency, frequency, count })}
        onClick={() =>
          onPick({
            match: 'all',
            conditions: [...exactly('recency', recency), ...exactly('frequency', frequency)],
          })
        }
      >
        {format.number(count)}
      </button>
    </td>
  );
}

import { useTranslation } from 'react-i18next';
import type { Days } from '#shared/contract/days.ts';
import { useQuery } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { ColumnBars, RowBars } from '../../ui/Bars.tsx';
import { Figures } from '../../ui/Figures.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import styles from './complaints.module.css';
import { useCategoryLeaf, useCategoryName } from './words.ts';

const mostCategories = 8;

export function percent(rate: number | null): string {
  return rate === null ? '–' : `${Math.round(rate * 1000) / 10} %`;
}

/** What the complaints of some days come to: how many a day, in which categories, how many at one touch. */
export function ComplaintFigures({ days }: { days: Days }) {
  const { t } = useTranslation('complaints');
  const format = useFormat();
  const nameOf = useCategoryName();
  const leafOf = useCategoryLeaf();
  const { data } = useQuery('complaints.figures', days, ['complaint', 'ticket', 'answerSheet']);
  if (!data || data.total === 0) return null;
  const most = data.byCategory[0]?.count ?? 1;
  const dayAt = (at: number) => data.perDay.at(at)?.day ?? null;
  return (
    <div className={styles.figures}>
      <Figures
        figures={[
          { name: t('figures.total'), value: format.number(data.total) },
          { name: t('figures.closed'), value: format.number(data.closed) },
          {
            name: t('figures.oneTouch'),
            value: percent(data.oneTouchRate),
            title: t('figures.oneTouchHow', { count: data.oneTouch, closed: data.closed }),
          },
        ]}
      />
      <div className={styles.charts}>
        <section>
          <SectionHead title={t('figures.perDay')} />
          <ColumnBars
            summary={t('figures.perDaySummary', { count: data.total, days: data.perDay.length })}
            columns={data.perDay.map(({ day, count }) => ({
              key: day,
              value: count,
              title: format.labelled(format.date(day), count),
            }))}
            first={format.date(dayAt(0) ?? '')}
            last={format.date(dayAt(-1) ?? '')}
          />
        </section>
        <section>
          <SectionHead title={t('figures.byCategory')} />
          <RowBars
            label={t('figures.byCategory')}
            rows={data.byCategory.slice(0, mostCategories).map(({ categoryId, count, upTo }) => ({
              key: categoryId ?? '',
              name: leafOf(categoryId) ?? t('noCategory'),
              title: nameOf(categoryId) ?? t('noCategory'),
              share: count / most,
              value: `${count} · ${Math.round(upTo * 100)} %`,
            }))}
          />
        </section>
      </div>
    </div>
  );
}

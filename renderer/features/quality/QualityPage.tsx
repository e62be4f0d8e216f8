import { useTranslation } from 'react-i18next';
import { goTo, useRoute } from '../../app/routes.ts';
import { useMayDo } from '../../store/desk.ts';
import { Page } from '../../ui/Page.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { BulkClean } from './BulkClean.tsx';
import { DuplicateList } from './DuplicateList.tsx';
import { MergePage } from './MergePage.tsx';
import { mergePairOf } from './mergeRoute.ts';
import { StaleList } from './StaleList.tsx';

const views = { duplicates: DuplicateList, stale: StaleList, clean: BulkClean } as const;
type View = keyof typeof views;

/** What is wrong with the records of customers, and the ways to put it right. */
export function QualityPage() {
  const { t } = useTranslation('quality');
  const { id } = useRoute();
  const mayMerge = useMayDo('customers.merge');
  const mayClean = useMayDo('customers.bulk');
  const mayWrite = useMayDo('customers.write');
  const pair = mergePairOf(id);
  if (pair && mayMerge) return <MergePage pair={pair} />;
  const may: Record<View, boolean> = { duplicates: mayMerge, stale: mayWrite, clean: mayClean };
  const open = (Object.keys(views) as View[]).filter((view) => may[view]);
  const shown = open.find((view) => view === id) ?? open[0];
  if (shown === undefined) return null;
  const Shown = views[shown];
  return (
    <Page
      testId="quality-page"
      label={t('title')}
      head={
        <Segmented
          label={t('title')}
          value={shown}
          options={open.map((value) => ({ value, label: t(`tabs.${value}`) }))}
          onChange={(view) => goTo('quality', view)}
        />
      }
    >
      <Shown />
    </Page>
  );
}

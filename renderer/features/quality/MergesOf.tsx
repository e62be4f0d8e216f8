import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { useFormat } from '../../i18n/useFormat.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import styles from './quality.module.css';

/** Which records were merged into this customer, by whom, and the way to part them again; nothing where there are none. */
export function MergesOf({
  customerId,
  className,
}: {
  customerId: string;
  className?: string | undefined;
}) {
  const { t } = useTranslation('quality');
  const format = useFormat();
  const run = useRun();
  const merges = useQuery('quality.merges', { customerId }, ['customerMerge', 'customer']);
  if (!merges.data || merges.data.length === 0) return null;
  const undo = async (mergeId: string) => {
    if (await run('quality.undoMerge', { mergeId })) tell(t('merge.undone'));
  };
  return (
    <section className={className} aria-label={t('merges.title')} data-testid="merges-of">
      <SectionHead title={t('merges.title')} count={merges.data.length} />
      <ul>
        {merges.data.map((one) => (
          <li key={one.mergeId} className={styles.merged}>
            <span className="grow">
              {t('merges.line', {
                name: one.loserName,
                date: format.shortDate(one.at),
                by: one.byName,
              })}
              {one.undoneAt === null
                ? ''
                : ` · ${t('merges.undone', { date: format.shortDate(one.undoneAt) })}`}
            </span>
            {one.live ? (
              <Button
                size="sm"
                icon={<IconArrowsSplit2 size={14} aria-hidden="true" />}
                data-testid="merge-undo"
                onClick={() => void undo(one.mergeId)}
              >
                {t('merges.undo')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

import { IconFlag, IconLock, IconTag, IconUserCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BulkCommand, maxBulk } from '#shared/contract/methods/ticketLists.ts';
import { Button } from '../../ui/Button.tsx';
import { BulkDialog } from './BulkDialog.tsx';
import styles from './tickets.module.css';

type Kind = BulkCommand['kind'];
const icons = { assign: IconUserCheck, priority: IconFlag, tag: IconTag, close: IconLock } as const;
const kinds = Object.keys(icons) as Kind[];

/** What can be done with the tickets that are chosen. */
export function BulkBar({
  chosen,
  total,
  onAll,
  onNone,
}: {
  chosen: readonly string[];
  /** How many tickets the list has. */
  total: number;
  onAll: () => void;
  onNone: () => void;
}) {
  const { t } = useTranslation('tickets');
  const [kind, setKind] = useState<Kind | null>(null);
  return (
    <div className={styles.bulk} role="toolbar" aria-label={t('bulk.label')} data-testid="bulk-bar">
      <span className="medium">{t('bulk.chosen', { count: chosen.length })}</span>
      {chosen.length < Math.min(total, maxBulk) ? (
        <Button size="sm" variant="ghost" onClick={onAll} data-testid="bulk-all">
          {total <= maxBulk ? t('bulk.all', { count: total }) : t('bulk.first', { count: maxBulk })}
        </Button>
      ) : null}
      <span className="grow" />
      {kinds.map((one) => {
        const Icon = icons[one];
        return (
          <Button
            key={one}
            size="sm"
            data-testid={`bulk-${one}`}
            icon={<Icon size={14} aria-hidden="true" />}
            onClick={() => setKind(one)}
          >
            {t(`bulk.kinds.${one}`)}
          </Button>
        );
      })}
      <Button
        size="sm"
        variant="ghost"
        icon={<IconX size={14} aria-hidden="true" />}
        onClick={onNone}
      >
        {t('bulk.none')}
      </Button>
      {kind ? (
        <BulkDialog
          kind={kind}
          ticketIds={chosen}
          onClose={() => setKind(null)}
          onDone={() => {
            setKind(null);
            onNone();
          }}
        />
      ) : null}
    </div>
  );
}

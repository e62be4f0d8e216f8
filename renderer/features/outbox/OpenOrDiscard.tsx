import { IconTrash } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '#shared/contract/methods/outbox.ts';
import { Button } from '../../ui/Button.tsx';
import { openerOf } from './openRecord.ts';

/** What is left for every refused change: to look at its record, where that can be shown, or to give it up. */
export function OpenOrDiscard({
  entry,
  discardRef,
  onDiscard,
}: {
  entry: OutboxEntry;
  discardRef: Ref<HTMLButtonElement>;
  onDiscard: () => void;
}) {
  const { t } = useTranslation('outbox');
  const open = openerOf(entry);
  return (
    <>
      {open ? (
        <Button size="sm" data-testid="outbox-open" onClick={open}>
          {t('refused.open')}
        </Button>
      ) : null}
      <span className="grow" />
      <Button
        size="sm"
        variant="ghost"
        ref={discardRef}
        icon={<IconTrash size={14} aria-hidden="true" />}
        data-testid="outbox-discard"
        onClick={onDiscard}
      >
        {t('refused.discard')}
      </Button>
    </>
  );
}

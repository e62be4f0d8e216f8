import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateView } from '#shared/contract/methods/tickets.ts';
import { useQuery } from '../../app/bridge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TemplateForm } from './TemplateForm.tsx';
import styles from './ticketTemplates.module.css';

function Templates({ kind }: { kind: TemplateView['kind'] }) {
  const { t } = useTranslation('ticketPage');
  const { data } = useQuery('ticketTemplates.list', { retired: true }, ['ticketTemplate']);
  const [chosen, setChosen] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (round > 0) form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, [round]);
  const templates = data?.filter((one) => one.kind === kind) ?? null;
  const template = templates?.find(({ id }) => id === chosen) ?? null;
  return (
    <div className={styles.split}>
      <div className={styles.list}>
        <Button
          size="sm"
          icon={<IconPlus size={14} aria-hidden="true" />}
          data-testid="template-new"
          onClick={() => {
            setChosen(null);
            setRound(round + 1);
          }}
        >
          {t('templates.new')}
        </Button>
        {templates === null ? <Skeleton widths={[70, 50]} /> : null}
        {templates?.length === 0 ? <EmptyState title={t('templates.none')} /> : null}
        {templates?.map((one) => (
          <button
            key={one.id}
            type="button"
            aria-current={one.id === chosen}
            className={styles.row}
            data-testid="template-row"
            onClick={() => setChosen(one.id)}
          >
            <span className="cut">{one.name}</span>
            {one.retired ? <span className="small">{t('templates.retired')}</span> : null}
          </button>
        ))}
      </div>
      <div ref={form}>
        <TemplateForm
          key={`${chosen} ${round}`}
          kind={kind}
          template={template}
          onSaved={(saved) => setChosen(saved.id)}
        />
      </div>
    </div>
  );
}

/** What tickets and replies start from, for everybody. */
export function TemplatesDialog({
  kind,
  opened,
  onClose,
}: {
  kind: TemplateView['kind'];
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('ticketPage');
  return (
    <Dialog opened={opened} onClose={onClose} title={t(`templates.title.${kind}`)} width={760}>
      {opened ? <Templates kind={kind} /> : null}
    </Dialog>
  );
}

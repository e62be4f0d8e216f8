import { IconCloudUp, IconX } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '#shared/contract/models.ts';
import { isOpen } from '#shared/domain/ticket.ts';
import { useQuery } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useMayDo } from '../../store/desk.ts';
import { openCustomer } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { DueMark } from '../../ui/DueMark.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { PriorityBars } from '../fields/PriorityBars.tsx';
import { ListFailed } from './ListStates.tsx';
import { TicketFactList } from './TicketFactList.tsx';
import { TicketHistory } from './TicketHistory.tsx';
import { TicketNoteForm } from './TicketNoteForm.tsx';
import styles from './tickets.module.css';

function PanelHead({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation(['tickets', 'fields']);
  const { customerId, customerName } = ticket;
  const showCustomer = () => {
    openCustomer(customerId);
    goTo('desk');
  };
  return (
    <header className={styles.detailHead}>
      <div className="row">
        <span className="muted" data-testid="ticket-no">
          {ticket.no ?? t('common:numberFollows')}
        </span>
        <Pill icon={<PriorityBars priority={ticket.priority} />}>
          {t(`fields:priorities.${ticket.priority}`)}
        </Pill>
        <Pill tone="outline">{t(`fields:ticketTypes.${ticket.type}`)}</Pill>
        {ticket.waiting ? (
          <Pill tone="warn" icon={<IconCloudUp size={14} aria-hidden="true" />}>
            {t('common:notSent')}
          </Pill>
        ) : null}
        <span className="grow" />
        <IconButton
          label={t('close')}
          icon={<IconX size={16} aria-hidden="true" />}
          onClick={onClose}
        />
      </div>
      <h2 className={styles.subject}>{ticket.subject}</h2>
      <div className="row">
        {customerId !== null && customerName !== null ? (
          <Button size="sm" data-testid="ticket-customer" onClick={showCustomer}>
            {customerName}
          </Button>
        ) : (
          <span className="small">{t('noCustomer')}</span>
        )}
        <Pill tone="accent">{t(`customer:ticketState.${ticket.state}`)}</Pill>
        {ticket.dueAt === null ? null : (
          <DueMark dueAt={ticket.dueAt} done={!isOpen(ticket.state)} />
        )}
      </div>
    </header>
  );
}

/** Longer texts are shown in part until the agent asks for the rest, characters. */
const foldAt = 600;

function Description({ text }: { text: string }) {
  const { t } = useTranslation('tickets');
  const [unfolded, setUnfolded] = useState(false);
  const long = text.length > foldAt;
  return (
    <div className={styles.block}>
      <SectionHead
        title={t('description')}
        action={
          long ? (
            <Button size="sm" variant="ghost" onClick={() => setUnfolded(!unfolded)}>
              {unfolded ? t('less') : t('more')}
            </Button>
          ) : undefined
        }
      />
      {text === '' ? (
        <p className="small">{t('noDescription')}</p>
      ) : (
        <p className={styles.description}>
          {long && !unfolded ? `${text.slice(0, foldAt)}…` : text}
        </p>
      )}
    </div>
  );
}

/** One ticket beside the list: facts, description, history, and a note to add. */
export function TicketPanel({
  ticketId,
  noteRef,
  onClose,
}: {
  ticketId: string;
  noteRef: RefObject<HTMLTextAreaElement | null>;
  onClose: () => void;
}) {
  const { t } = useTranslation('tickets');
  const mayWrite = useMayDo('tickets.write');
  const [notes, setNotes] = useState(0);
  const { data, failure, reload } = useQuery('tickets.get', { ticketId }, [
    'ticket',
    'ticketEvent',
  ]);
  if (failure) {
    return <ListFailed title={t('detailFailed')} failure={failure} onAgain={reload} />;
  }
  if (!data) {
    return (
      <div className={styles.block}>
        <Skeleton widths={[40, 90, 60, 80, 70]} />
      </div>
    );
  }
  return (
    <>
      <PanelHead ticket={data.ticket} onClose={onClose} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <div className={cx('scroll', styles.detailBody)} tabIndex={0}>
        <div className={styles.block}>
          <TicketFactList ticket={data.ticket} />
        </div>
        <Description text={data.ticket.description} />
        <TicketHistory events={data.events} />
      </div>
      {mayWrite ? (
        <TicketNoteForm
          key={notes}
          ticketId={ticketId}
          areaRef={noteRef}
          onAdded={() => {
            setNotes(notes + 1);
            reload();
          }}
        />
      ) : null}
    </>
  );
}

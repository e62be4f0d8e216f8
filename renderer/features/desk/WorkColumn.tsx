import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Card } from '#shared/contract/models/records.ts';
import { TicketForm, WrapUpForm } from '../../app/features.ts';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { openTicketForm, useWindow } from '../../store/window.ts';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Timeline } from '../customer/Timeline.tsx';
import styles from './WorkColumn.module.css';

type Work = 'wrapUp' | 'ticket';

/** Words of a form and the key that leads to it. */
function WithKey({ words, keys }: { words: string; keys: string }) {
  return (
    <>
      {words} <KeyCap keys={keys} />
    </>
  );
}

/** Both forms may be open when a call ends in the middle of a ticket: the agent goes between them, by a key of each. */
function Forms({
  card,
  call,
  ticketOpen,
}: {
  card: Card | null;
  call: DeskCall | null;
  ticketOpen: boolean;
}) {
  const { t } = useTranslation('customer');
  const [work, setWork] = useState<Work>(ticketOpen ? 'ticket' : 'wrapUp');
  useEffect(() => {
    if (ticketOpen) setWork('ticket');
  }, [ticketOpen]);
  const wrapUp = call?.state === 'ended' ? call : null;
  const showTicket = ticketOpen && (wrapUp === null || work === 'ticket');
  useShortcut('work.ticket', () => setWork('ticket'), ticketOpen && !showTicket);
  useShortcut('wrapUp.disposition', () => setWork('wrapUp'), wrapUp !== null && showTicket);
  return (
    <div className={styles.forms}>
      {wrapUp && ticketOpen ? (
        <Segmented
          className={styles.switch ?? ''}
          label={t('work.switch')}
          value={work}
          onChange={setWork}
          options={[
            {
              value: 'ticket',
              label: <WithKey words={t('work.ticket')} keys={keysOf('work.ticket')} />,
            },
            {
              value: 'wrapUp',
              label: <WithKey words={t('work.wrapUp')} keys={keysOf('wrapUp.disposition')} />,
            },
          ]}
        />
      ) : null}
      <div className={styles.form}>
        <Suspense fallback={<Skeleton widths={[40, 80, 60]} />}>
          {showTicket ? (
            <TicketForm
              call={call}
              customer={card?.customer ?? null}
              onDone={() => openTicketForm(false)}
            />
          ) : wrapUp ? (
            <WrapUpForm call={wrapUp} />
          ) : null}
        </Suspense>
      </div>
    </div>
  );
}

/** The centre of the desk: the time line, and below it whatever is being written. */
export function WorkColumn({ card, call }: { card: Card | null; call: DeskCall | null }) {
  const ticketOpen = useWindow((state) => state.ticketFormOpen);
  const ended = call?.state === 'ended';
  const writing = ticketOpen || ended;
  return (
    <>
      {ended ? null : <Timeline card={card} call={call} compact={writing} />}
      {writing ? <Forms card={card} call={call} ticketOpen={ticketOpen} /> : null}
    </>
  );
}

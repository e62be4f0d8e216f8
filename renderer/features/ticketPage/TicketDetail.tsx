import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketPage } from '#shared/contract/methods/tickets.ts';
import type { TicketAction } from '#shared/domain/tickets/ticket.ts';
import { stepActorOf, stepsOpen } from '#shared/domain/tickets/ticketFlow.ts';
import { useQuery, useRun } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useDesk, useMayDo, usePart } from '../../store/desk.ts';
import { openCustomer } from '../../store/window.ts';
import { cx } from '../../ui/cx.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ComplaintSection } from '../complaints/ComplaintSection.tsx';
import { ListFailed } from '../tickets/ListStates.tsx';
import { VisitSection } from '../visits/VisitSection.tsx';
import { Attachments } from './Attachments.tsx';
import { Compose, type SaidKind } from './Compose.tsx';
import { DetailHead } from './DetailHead.tsx';
import { EditTicket } from './EditTicket.tsx';
import { Facts } from './Facts.tsx';
import { History } from './History.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { Links, MergedBanner } from './Links.tsx';
import { SplitDialog } from './SplitDialog.tsx';
import { StepBar } from './StepBar.tsx';
import { type StepAsked, StepDialog } from './StepDialog.tsx';
import { asksFor, pageKeys, stepKeys } from './steps.ts';
import { Texts } from './Texts.tsx';
import styles from './ticketPage.module.css';
import { noActions, type PageActions, usePageKeys } from './usePageKeys.ts';

function useSteps(page: TicketPage) {
  const user = useDesk((desk) => desk.session.user);
  const rules = usePart('complaints');
  return useMemo(
    () => (user ? stepsOpen(page.ticket, stepActorOf(user), rules?.needsVisit ?? true) : []),
    [page.ticket, user, rules],
  );
}

function Loaded({
  page,
  noteRef,
  actionsRef,
  onLeave,
  onClose,
  reload,
}: {
  page: TicketPage;
  noteRef: RefObject<HTMLTextAreaElement | null>;
  actionsRef: RefObject<PageActions>;
  onLeave: () => void;
  onClose: () => void;
  reload: () => void;
}) {
  const { t } = useTranslation('tickets');
  const { ticket } = page;
  const run = useRun();
  const me = useDesk((desk) => desk.session.user?.id ?? '');
  const mayWrite = useMayDo('tickets.write');
  const steps = useSteps(page);
  const [asked, setAsked] = useState<StepAsked | null>(null);
  const [dialog, setDialog] = useState<'edit' | 'link' | 'split' | null>(null);
  const [wanted, setWanted] = useState<{ kind: SaidKind; round: number }>({
    kind: 'note',
    round: 0,
  });
  const [sent, setSent] = useState(0);
  const fileInput = useRef<HTMLInputElement>(null);
  const watching = ticket.watcherIds.includes(me);
  const isOwn = ticket.mergedInto === null;

  const step = useCallback(
    (action: TicketAction) => {
      const open = steps.find((one) => one.action === action);
      if (!open) return;
      if (open.needs.length > 0 || asksFor.has(action)) return setAsked(open);
      void run('tickets.step', { ticketId: ticket.id, action });
    },
    [steps, run, ticket.id],
  );
  const say = useCallback(
    (kind: SaidKind) => {
      setWanted((old) => ({ kind, round: old.round + 1 }));
      noteRef.current?.focus();
    },
    [noteRef],
  );
  const watch = useCallback(
    () => void run('tickets.watch', { ticketId: ticket.id, on: !watching }),
    [run, ticket.id, watching],
  );
  const keys = useMemo(() => {
    const actions = new Map<string, () => void>(
      steps.map(({ action }) => [stepKeys[action], () => step(action)]),
    );
    actions.set('ESCAPE', onLeave);
    if (!mayWrite) return actions;
    actions.set(pageKeys.note, () => say('note'));
    actions.set(pageKeys.reply, () => say('reply'));
    actions.set(pageKeys.watch, watch);
    actions.set(pageKeys.attach, () => fileInput.current?.click());
    if (isOwn) actions.set(pageKeys.edit, () => setDialog('edit'));
    if (isOwn) actions.set(pageKeys.link, () => setDialog('link'));
    return actions;
  }, [steps, step, say, watch, onLeave, mayWrite, isOwn]);
  useEffect(() => {
    actionsRef.current = keys;
    return () => {
      actionsRef.current = noActions;
    };
  }, [actionsRef, keys]);
  const onKeyDown = usePageKeys(actionsRef);
  const closeDialog = () => setDialog(null);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of what stands inside; each has its button
    <div className={styles.page} onKeyDown={onKeyDown} data-testid="ticket-page">
      <DetailHead
        ticket={ticket}
        onCustomer={() => {
          openCustomer(ticket.customerId);
          goTo('desk');
        }}
        onClose={onClose}
      />
      {mayWrite ? (
        <StepBar
          ticket={ticket}
          actions={steps.map(({ action }) => action)}
          watching={watching}
          onStep={step}
          onEdit={() => setDialog('edit')}
          onWatch={watch}
        />
      ) : null}
      <MergedBanner page={page} mayWrite={mayWrite} />
      <section
        className={cx('scroll', styles.body)}
        aria-label={t('detailRegion')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
        tabIndex={0}
      >
        <div className={styles.block}>
          <Facts page={page} />
        </div>
        <Texts ticket={ticket} />
        {ticket.type === 'complaint' ? (
          <div className={styles.block}>
            <ComplaintSection ticket={ticket} />
          </div>
        ) : null}
        <div className={styles.block}>
          <VisitSection ticket={ticket} />
        </div>
        <Attachments
          ticketId={ticket.id}
          files={page.attachments}
          mayWrite={mayWrite}
          inputRef={fileInput}
        />
        <Links
          page={page}
          mayWrite={mayWrite}
          onLink={() => setDialog('link')}
          onSplit={() => setDialog('split')}
        />
        <History page={page} />
      </section>
      {mayWrite ? (
        <Compose
          key={sent}
          ticket={ticket}
          areaRef={noteRef}
          wanted={wanted}
          onLeave={onLeave}
          onSent={() => {
            setSent(sent + 1);
            reload();
          }}
        />
      ) : null}
      <StepDialog ticket={ticket} asked={asked} onClose={() => setAsked(null)} />
      <EditTicket ticket={ticket} opened={dialog === 'edit'} onClose={closeDialog} />
      <LinkDialog ticket={ticket} opened={dialog === 'link'} onClose={closeDialog} />
      <SplitDialog
        ticket={ticket}
        opened={dialog === 'split'}
        onClose={closeDialog}
        onSplit={(id) => goTo('tickets', id)}
      />
    </div>
  );
}

/** One ticket: what it is, what may be done with it now, and everything that was. */
export function TicketDetail({
  ticketId,
  noteRef,
  actionsRef,
  onLeave,
  onClose,
}: {
  ticketId: string;
  noteRef: RefObject<HTMLTextAreaElement | null>;
  /** What a letter does with this ticket, for the list beside it as well. */
  actionsRef: RefObject<PageActions>;
  /** Back to the list, with the ticket left open. */
  onLeave: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('tickets');
  const { data, failure, reload } = useQuery('tickets.page', { ticketId }, [
    'ticket',
    'ticketEvent',
    'attachment',
    'user',
  ]);
  if (failure) {
    return <ListFailed title={t('detailFailed')} failure={failure} onAgain={reload} />;
  }
  if (!data) {
    return (
      <div className={styles.block} data-testid="ticket-page-loading">
        <Skeleton widths={[40, 90, 60, 80, 70]} />
      </div>
    );
  }
  const refs = { noteRef, actionsRef };
  return <Loaded page={data} {...refs} onLeave={onLeave} onClose={onClose} reload={reload} />;
}

import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Card } from '#shared/contract/models/records.ts';
import { useQuery } from '../../app/bridge.tsx';
import { CallHelp, MatchChooser, RegisterForm, WrapUpForm } from '../../app/features.ts';
import { useShortcut } from '../../app/hotkeys.ts';
import { Part } from '../../app/Part.tsx';
import { useDesk } from '../../store/desk.ts';
import { openTicketForm, useWindow } from '../../store/window.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CustomerCard, CustomerCardSkeleton } from '../customer/CustomerCard.tsx';
import { HelpColumn } from '../customer/HelpColumn.tsx';
import { CallerCard } from './CallerCard.tsx';
import styles from './DeskPage.module.css';
import { IdleDesk } from './IdleDesk.tsx';
import { PopPainted } from './PopPainted.tsx';
import { WorkColumn } from './WorkColumn.tsx';

const cardEntities = ['customer', 'contactPoint', 'contact', 'ticket', 'task', 'order'] as const;

/**
 * The card to show. A call brings its own, and the desk sends it again whenever a record on it
 * changes; only a card that was looked up is read here.
 */
function useCard(customerId: string, popped: Card | null) {
  const ofCall = popped && popped.customer.id === customerId ? popped : null;
  const read = useQuery('customers.card', ofCall ? null : { customerId }, cardEntities);
  return { card: ofCall ?? read.data, failure: ofCall ? null : read.failure };
}

function CustomerDesk({ customerId, call }: { customerId: string; call: DeskCall | null }) {
  const { t } = useTranslation('customer');
  const { card, failure } = useCard(customerId, call?.pop.card ?? null);
  const ringing = call?.state === 'ringing';
  if (failure) {
    return <EmptyState title={t('cardFailed')} text={t(`errors:${failure.code}`)} />;
  }
  return (
    <div className={styles.desk} data-testid="customer-desk" data-customer-id={customerId}>
      <div className={cx(styles.column, styles.soft, 'scroll')} data-region="2">
        {card ? <CustomerCard card={card} call={call} /> : <CustomerCardSkeleton />}
      </div>
      <div className={styles.column} data-region="3">
        <Part of={customerId}>
          <WorkColumn card={card} call={call} />
        </Part>
      </div>
      <div className={cx(styles.column, styles.soft, 'scroll')} data-region="4">
        <Part of={call?.id ?? null}>
          <CallHelp call={call} />
        </Part>
        {card ? <HelpColumn card={card} /> : null}
      </div>
      {card && call && ringing ? <PopPainted key={call.id} callId={call.id} /> : null}
    </div>
  );
}

/** Several may be calling: choose at the left or register at the right; the call goes on meanwhile. */
function SeveralDesk({ call }: { call: DeskCall }) {
  return (
    <div className={styles.match} data-testid="match-desk">
      <Part of={call.id}>
        <div className={cx(styles.column, styles.soft)} data-region="2">
          <MatchChooser call={call} />
        </div>
        <div className={styles.column} data-region="3">
          <RegisterForm call={call} />
        </div>
        <PopPainted key={call.id} callId={call.id} />
      </Part>
    </div>
  );
}

/** Nobody has this number, or the agent goes on without a card. */
function UnknownDesk({ call, without }: { call: DeskCall; without: boolean }) {
  return (
    <div className={styles.unknown} data-testid="unknown-desk">
      <div className={cx(styles.column, styles.soft, 'scroll')} data-region="2">
        <CallerCard call={call} without={without} />
      </div>
      <div className={styles.column} data-region="3">
        <Part of={call.id}>
          {without ? <WorkColumn card={null} call={call} /> : <RegisterForm call={call} />}
          <PopPainted key={call.id} callId={call.id} />
        </Part>
      </div>
      <UnnamedHelp call={call} />
    </div>
  );
}

/** Nobody is known: the script and the knowledge help all the more. */
function UnnamedHelp({ call }: { call: DeskCall }) {
  return (
    <div className={cx(styles.column, styles.soft, 'scroll')} data-region="4">
      <Part of={call.id}>
        <CallHelp call={call} />
      </Part>
    </div>
  );
}

function EndedUnnamedDesk({ call }: { call: DeskCall }) {
  return (
    <div className={styles.unknown} data-testid="unknown-desk">
      <div className={cx(styles.column, styles.soft, 'scroll')} data-region="2">
        <CallerCard call={call} without />
      </div>
      <div className={styles.column} data-region="3">
        <Part of={call.id}>
          <WrapUpForm call={call} />
        </Part>
      </div>
      <UnnamedHelp call={call} />
    </div>
  );
}

function CallDesk({ call }: { call: DeskCall }) {
  const without = useWindow((state) => state.withoutCard.has(call.id));
  const customerId = call.customerId ?? call.pop.card?.customer.id ?? null;
  if (customerId !== null)
    return <CustomerDesk key={customerId} customerId={customerId} call={call} />;
  if (call.state === 'ended') return <EndedUnnamedDesk call={call} />;
  if (call.pop.match === 'several' && !without) return <SeveralDesk call={call} />;
  return <UnknownDesk call={call} without={without} />;
}

/** The agent's one page: the call's customer, the customer looked up, or the free desk. */
export function DeskPage() {
  const calls = useDesk((desk) => desk.calls);
  const followed = useWindow((state) => state.followedCallId);
  const customerId = useWindow((state) => state.customerId);
  const call =
    calls.find((one) => one.id === followed && (one.state !== 'ended' || one.wrapUp === 'due')) ??
    null;
  useShortcut('work.ticket', () => openTicketForm(true), call !== null || customerId !== null);
  if (customerId !== null) {
    return <CustomerDesk key={customerId} customerId={customerId} call={null} />;
  }
  if (call) return <CallDesk call={call} />;
  return <IdleDesk />;
}

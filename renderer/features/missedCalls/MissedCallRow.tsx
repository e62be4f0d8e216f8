import { IconHandGrab, IconPhone, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MissedCallView } from '#shared/contract/methods/tasks.ts';
import { maxLineLength } from '#shared/domain/primitives.ts';
import { useRun } from '../../app/bridge.tsx';
import { goTo } from '../../app/routes.ts';
import { useDial } from '../../app/useDial.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useCallInBar, useDesk, useMayDo, useTakesCalls } from '../../store/desk.ts';
import { openCustomer } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './missedCalls.module.css';

function Caller({ call }: { call: MissedCallView }) {
  const { t } = useTranslation('missedCalls');
  const { customerId, customerName, number } = call;
  const words = number.withheld ? t('common:numberWithheld') : number.display;
  if (customerId === null || !customerName) return <span className="medium">{words}</span>;
  return (
    <>
      <button
        type="button"
        className={styles.link}
        onClick={() => {
          openCustomer(customerId);
          goTo('desk');
        }}
      >
        {customerName}
      </button>{' '}
      <span>{words}</span>
    </>
  );
}

function Reason({ call, onDone }: { call: MissedCallView; onDone: () => void }) {
  const { t } = useTranslation('missedCalls');
  const run = useRun();
  const [reason, setReason] = useState('');
  const save = async () => {
    if (reason.trim() === '') return;
    const done = await run('missedCalls.dismiss', { id: call.id, reason });
    if (done) onDone();
  };
  return (
    <form
      className={styles.reason}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        autoFocus
        aria-label={t('reason')}
        placeholder={t('reason')}
        maxLength={maxLineLength}
        data-testid="missed-reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      />
      <Button size="sm" type="submit" data-testid="missed-dismiss" disabled={reason.trim() === ''}>
        {t('notNeeded')}
      </Button>
    </form>
  );
}

/** One caller whom nobody answered: how often, who looks after it, and what to do. */
export function MissedCallRow({ call }: { call: MissedCallView }) {
  const { t } = useTranslation('missedCalls');
  const format = useFormat();
  const outcome = t(`outcomes.${call.outcome ?? 'notNeeded'}`);
  const run = useRun();
  const dial = useDial();
  const busy = useCallInBar() !== null;
  const mayCall = useTakesCalls();
  const mayWrite = useMayDo('tasks.write');
  const userId = useDesk((desk) => desk.session.user?.id ?? null);
  const queues = useDesk((desk) => desk.configuration?.queues ?? null);
  const [giving, setGiving] = useState(false);
  const { id, number, customerId, callRefs, ownerId, ownerName, firstAt, lastAt, queueId } = call;
  const queue = queues?.find((one) => one.id === queueId);
  const mine = ownerId !== null && ownerId === userId;
  const take = (isMine: boolean) => void run('missedCalls.take', { id, mine: isMine });
  const callBack = async () => {
    if (mayWrite && !mine) await run('missedCalls.take', { id, mine: true });
    await dial(number.raw, customerId);
  };
  const isOpen = call.state !== 'handled';
  return (
    <li className={styles.row} data-testid="missed-call" data-missed-id={id}>
      <div className="grow">
        <p className="cut">
          <Caller call={call} />{' '}
          {callRefs.length > 1 ? (
            <Pill tone="warn">{t('times', { count: callRefs.length })}</Pill>
          ) : null}{' '}
          {call.waiting ? <Pill tone="warn">{t('common:notSent')}</Pill> : null}
        </p>
        <p className={styles.second}>
          <span>{t('last', { time: format.moment(lastAt) })}</span>
          {callRefs.length > 1 ? <span>{t('first', { time: format.moment(firstAt) })}</span> : null}
          {number.region ? <span>{format.text(number.region)}</span> : null}
          {queue ? <span>{format.text(queue.name)}</span> : null}
          {ownerName && isOpen ? <span>{t('takenBy', { name: ownerName })}</span> : null}
          {isOpen ? null : (
            <span>
              {call.note ? format.labelled(outcome, call.note) : outcome}
              {call.handledAt === null ? '' : ` · ${format.moment(call.handledAt)}`}
              {ownerName ? ` · ${ownerName}` : ''}
            </span>
          )}
        </p>
      </div>
      {isOpen && giving ? <Reason call={call} onDone={() => setGiving(false)} /> : null}
      {isOpen && !giving && mayWrite ? (
        <>
          <Button
            size="sm"
            icon={<IconHandGrab size={14} aria-hidden="true" />}
            data-testid="missed-take"
            onClick={() => take(!mine)}
          >
            {t(mine ? 'giveBack' : 'take')}
          </Button>
          <Button
            size="sm"
            variant="ghost"
            icon={<IconX size={14} aria-hidden="true" />}
            data-testid="missed-not-needed"
            onClick={() => setGiving(true)}
          >
            {t('notNeeded')}
          </Button>
        </>
      ) : null}
      {isOpen && mayCall && !number.withheld ? (
        <Button
          size="sm"
          icon={<IconPhone size={14} aria-hidden="true" />}
          disabled={busy}
          data-testid="missed-dial"
          onClick={() => void callBack()}
        >
          {t('common:actions.call')}
        </Button>
      ) : null}
    </li>
  );
}

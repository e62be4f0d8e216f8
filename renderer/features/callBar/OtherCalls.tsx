import {
  IconArrowsExchange,
  IconBellRinging,
  IconChecklist,
  IconPhoneFilled,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconPhoneX,
  IconPlayerPause,
  IconUserPlus,
  IconUsers,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { useRun } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { conferenceOf, othersOf, swapTarget } from '../../store/liveCalls.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Countdown, Timer } from '../../ui/Timer.tsx';
import { callerWords } from './caller.ts';
import styles from './OtherCalls.module.css';
import { useSinceSeen } from './sinceSeen.ts';

/** More than these are counted only. */
const shownChips = 2;

function Chip({
  call,
  icon,
  state,
  time,
  tone,
  children,
}: {
  call: DeskCall;
  icon: ReactNode;
  state: ReactNode;
  time: ReactNode;
  tone?: string | undefined;
  children: ReactNode;
}) {
  const { t } = useTranslation('callBar');
  const name = callerWords(call, t);
  return (
    <li
      className={cx(styles.chip, tone)}
      data-testid="other-call"
      data-call-id={call.id}
      data-state={call.state}
    >
      {icon}
      <span className={styles.name} title={name}>
        {name}
      </span>
      <span className={styles.state}>{state}</span>
      {time}
      {children}
    </li>
  );
}

/** A second caller: answering holds the present call, where there is one (`holds`). */
function WaitingChip({ call, bound, holds }: { call: DeskCall; bound: boolean; holds: boolean }) {
  const { t } = useTranslation('callBar');
  const format = useFormat();
  const run = useRun();
  const queue = useDesk((desk) =>
    desk.configuration?.queues.find((one) => one.id === call.queueId),
  );
  const answer = () => void run('calls.answer', { callId: call.id });
  const decline = () => void run('calls.reject', { callId: call.id, how: 'busy' });
  useShortcut('call.answer', answer, bound);
  useShortcut('call.reject', decline, bound);
  return (
    <Chip
      call={call}
      tone={styles.waiting}
      icon={<IconBellRinging size={16} aria-hidden="true" />}
      state={
        !bound
          ? null
          : queue
            ? t('others.waitingIn', { queue: format.text(queue.name) })
            : t('others.waiting')
      }
      time={
        call.ringEndsAt === null ? (
          <Timer since={call.offeredAt} className={styles.time} />
        ) : (
          <Countdown until={call.ringEndsAt} className={styles.time} />
        )
      }
    >
      <Button
        size="sm"
        className={styles.answer}
        icon={<IconPhoneFilled size={14} aria-hidden="true" />}
        keys={bound ? keysOf('call.answer') : undefined}
        data-testid="answer-waiting"
        onClick={answer}
      >
        {t(holds ? 'others.answer' : 'answer')}
      </Button>
      {bound ? (
        <Button
          size="sm"
          icon={<IconPhoneX size={14} aria-hidden="true" />}
          keys={keysOf('call.reject')}
          data-testid="decline-waiting"
          onClick={decline}
        >
          {t('others.decline')}
        </Button>
      ) : (
        <IconButton
          label={t('others.decline')}
          icon={<IconPhoneX size={14} aria-hidden="true" />}
          onClick={decline}
        />
      )}
    </Chip>
  );
}

/** Another call that is up or being dialled: swap to it, add it to the conference, end it. */
function CallChip({
  call,
  members,
  swap,
  ends,
}: {
  call: DeskCall;
  members: readonly DeskCall[];
  /** `key`: Alt S goes to this one; `never`: the call in the bar cannot be held yet. */
  swap: 'key' | 'button' | 'never';
  /** Alt Shift E ends this one. */
  ends: boolean;
}) {
  const { t } = useTranslation('callBar');
  const run = useRun();
  const seen = useSinceSeen(call.state);
  const held = call.state === 'held';
  const swaps = held && swap !== 'never';
  const resume = () => void run('calls.hold', { callId: call.id, on: false });
  const end = () => void run('calls.hangUp', { callId: call.id });
  const add = () =>
    void run('calls.confer', { callIds: [...members.map(({ id }) => id), call.id] });
  useShortcut('call.swap', resume, held && swap === 'key');
  useShortcut('call.endOther', end, ends);
  const Icon = held ? IconPlayerPause : IconPhoneOutgoing;
  return (
    <Chip
      call={call}
      tone={held ? styles.held : undefined}
      icon={<Icon size={16} aria-hidden="true" />}
      state={t(`others.${held ? 'held' : call.state}`)}
      time={<Timer since={call.heldSince ?? seen} className={styles.time} />}
    >
      {held && members.length > 0 ? (
        <Button size="sm" icon={<IconUserPlus size={14} aria-hidden="true" />} onClick={add}>
          {t('conference.add')}
        </Button>
      ) : null}
      {swaps ? (
        <Button
          size="sm"
          icon={<IconArrowsExchange size={14} aria-hidden="true" />}
          keys={swap === 'key' ? keysOf('call.swap') : undefined}
          data-testid="swap"
          onClick={resume}
        >
          {t('others.swap')}
        </Button>
      ) : null}
      <Button
        size="sm"
        icon={<IconPhoneOff size={14} aria-hidden="true" />}
        keys={ends ? keysOf('call.endOther') : undefined}
        data-testid="end-other"
        onClick={end}
      >
        {t('end')}
      </Button>
    </Chip>
  );
}

/** One of the conference, who can be taken out; the others go on talking. */
function MemberChip({ call, ends }: { call: DeskCall; ends: boolean }) {
  const { t } = useTranslation('callBar');
  const run = useRun();
  const takeOut = () => void run('calls.hangUp', { callId: call.id });
  useShortcut('call.endOther', takeOut, ends);
  return (
    <Chip
      call={call}
      icon={<IconUsers size={16} aria-hidden="true" />}
      state={t('conference.member')}
      time={
        call.answeredAt === null ? null : <Timer since={call.answeredAt} className={styles.time} />
      }
    >
      <Button
        size="sm"
        icon={<IconPhoneOff size={14} aria-hidden="true" />}
        keys={ends ? keysOf('call.endOther') : undefined}
        data-testid="take-out"
        onClick={takeOut}
      >
        {t('conference.takeOut')}
      </Button>
    </Chip>
  );
}

/** A call whose wrap-up waits until the one in the bar is over; what was typed is kept. */
function ParkedChip({ call }: { call: DeskCall }) {
  const { t } = useTranslation('callBar');
  return (
    <Chip
      call={call}
      icon={<IconChecklist size={16} aria-hidden="true" />}
      state={t('others.parkedWrapUp')}
      time={call.endedAt === null ? null : <Timer since={call.endedAt} className={styles.time} />}
    >
      {null}
    </Chip>
  );
}

/** 40 px under the bar, only while there is more than one call: who else, since when, and one key for each step. */
export function OtherCalls({ active }: { active: DeskCall | null }) {
  const { t } = useTranslation('callBar');
  const calls = useDesk((desk) => desk.calls);
  const others = othersOf(calls, active);
  const members = conferenceOf(calls);
  const parked = calls.filter((call) => call.wrapUp === 'parked' && call.id !== active?.id);
  if (others.length + parked.length === 0) return null;
  const apart = others.filter((call) => !call.conference);
  const waiting = apart.filter((call) => call.state === 'ringing');
  const up = apart.filter((call) => call.state !== 'ringing');
  const swapId = swapTarget(calls, active)?.id;
  const busy = active !== null && active.state !== 'ringing';
  const canSwap = active?.state === 'talking' || active?.state === 'held';
  const ended = up[0] ?? members.at(-1);
  const shown = waiting.slice(0, shownChips);
  return (
    <ul className={styles.others} aria-label={t('others.region')} data-testid="other-calls">
      {shown.map((call, at) => (
        <WaitingChip key={call.id} call={call} bound={busy && at === 0} holds={busy} />
      ))}
      {waiting.length > shown.length ? (
        <li className="small">{t('others.more', { count: waiting.length - shown.length })}</li>
      ) : null}
      {members.map((call) => (
        <MemberChip key={call.id} call={call} ends={ended?.id === call.id} />
      ))}
      {up.map((call) => (
        <CallChip
          key={call.id}
          call={call}
          members={members}
          swap={!canSwap ? 'never' : call.id === swapId ? 'key' : 'button'}
          ends={ended?.id === call.id}
        />
      ))}
      {parked.map((call) => (
        <ParkedChip key={call.id} call={call} />
      ))}
    </ul>
  );
}

import type { EntryNow, PartNow, Present } from '../ledger.ts';
import type { AmiMessage } from './amiMessages.ts';
import type { ChannelBoard } from './channelBoard.ts';
import { type Channel, isNobodysCall, known, shownChannel } from './channels.ts';
import { type Journeys, variableOf } from './journeys.ts';

/** A line of CoreShowChannels, with the channel as the board has it. */
interface Shown {
  channel: Channel;
  message: AmiMessage;
  startedAt: number;
}

/**
 * Who waits and who talks now, out of QueueStatus and CoreShowChannels; the board has taken the channels already.
 * Asterisk tells ages in whole seconds.
 */
export function presentState(
  lists: { queues: AmiMessage[]; shown: AmiMessage[] },
  { board, journeys, now }: { board: ChannelBoard; journeys: Journeys; now: () => number },
): Present {
  const shown = lists.shown.flatMap((message) => shownOf(message, board, now()) ?? []);
  const byId = new Map(shown.map((one) => [one.channel.uniqueId, one]));
  const entries = lists.queues.flatMap((message) => {
    const entry = entryOf(message, byId, journeys, now());
    if (entry) journeys.waits(message.get('uniqueid') ?? '', entry.callRef, entry.queueId);
    return entry ?? [];
  });
  const parts = shown.flatMap((one) => partOf(one, shown, journeys) ?? []);
  return { entries, parts, alive: new Set(byId.keys()) };
}

function shownOf(message: AmiMessage, board: ChannelBoard, now: number): Shown | null {
  const channel = board.channel(message.get('uniqueid') ?? '');
  const startedAt = shownChannel(message, now)?.startedAt;
  return channel && startedAt !== undefined ? { channel, message, startedAt } : null;
}

/** A `QueueEntry` of QueueStatus. */
function entryOf(
  message: AmiMessage,
  shown: ReadonlyMap<string, Shown>,
  journeys: Journeys,
  now: number,
): EntryNow | null {
  const uniqueId = message.get('uniqueid');
  const queueId = message.get('queue');
  if (message.get('event') !== 'QueueEntry' || !uniqueId || queueId === undefined) return null;
  const caller = shown.get(uniqueId);
  // It left between the two lists.
  if (!caller || caller.channel.bridge !== null) return null;
  const mark = journeys.markOf(uniqueId, queueId, variableOf(caller.message, 'QUEUED_AT'));
  const enteredAt = now - 1000 * Number(message.get('wait') ?? 0);
  const number = known(message.get('calleridnum'));
  return { callRef: caller.channel.callRef, queueId, mark, caller: number, enteredAt };
}

function partOf(one: Shown, shown: Shown[], journeys: Journeys): PartNow | null {
  const { channel, message, startedAt } = one;
  const { extension, callRef, uniqueId: key, bridge, answeredAt } = channel;
  if (extension === null || isNobodysCall(channel)) return null;
  const common = { key, callRef, extension, startedAt };
  const application = message.get('application');
  if (application === 'AppQueue' || application === 'AppDial') {
    const caller = shown.find((other) => isCaller(other, one)) ?? null;
    const queueId = caller && queueOf(caller.message);
    const entry = caller && queueId !== null ? enteredBy(caller, queueId, journeys) : null;
    const isAnswered = bridge !== null;
    const of = { ...common, callRef: caller?.channel.callRef ?? callRef, queueId, isAnswered };
    return { ...of, began: 'rung', ...(isAnswered && entry ? { entry } : {}) };
  }
  const called = message.get('exten') ?? '';
  const dialled = { ...common, began: 'dialled' as const, called, queueId: null };
  if (application === 'Dial' || application === 'Queue') {
    return { ...dialled, isAnswered: bridge !== null };
  }
  if (bridge === null || answeredAt === null) return null;
  // It came into its call by another way: a new channel of the same desk, or a call taken over.
  return { ...common, began: 'rung', queueId: null, isAnswered: true };
}

/** Who talks with this desk, or for whom it is rung. */
function isCaller(other: Shown, desk: Shown): boolean {
  if (other === desk) return false;
  if (desk.channel.bridge !== null) return other.channel.bridge === desk.channel.bridge;
  const application = other.message.get('application');
  const calls = application === 'Queue' || application === 'Dial';
  return calls && other.message.get('linkedid') === desk.message.get('linkedid');
}

/** The queue in which a caller waits, or for which somebody talks with it. */
function queueOf(message: AmiMessage): string | null {
  if (message.get('application') !== 'Queue') return null;
  return message.get('applicationdata')?.split(',')[0] || null;
}

/** By the second that the dial plan noted: against the caller's own beginning, in the PBX's time (`seconds.sequence`). */
function enteredBy(
  { channel, message, startedAt }: Shown,
  queueId: string,
  journeys: Journeys,
): EntryNow {
  const queuedAt = variableOf(message, 'QUEUED_AT');
  const sinceStartMs = 1000 * (Number(queuedAt) - Math.floor(Number(channel.uniqueId)));
  const enteredAt = startedAt + (sinceStartMs > 0 ? sinceStartMs : 0);
  const mark = journeys.markOf(channel.uniqueId, queueId, queuedAt);
  const caller = channel.caller.number;
  return { callRef: channel.callRef, queueId, mark, enteredAt, ...(caller ? { caller } : {}) };
}

import type { CallEnder } from '#shared/domain/calls/call.ts';
import type { Ledger, Part } from '../ledger.ts';
import type { AmiMessage } from './amiMessages.ts';
import type { ChannelBoard } from './channelBoard.ts';
import { type Channel, extensionOfChannel, isNobodysCall, known } from './channels.ts';

/** What happened to callers and desks, out of the events of Asterisk; the ledger sees to it that nothing counts twice. */
export interface Journeys {
  /**
   * An event of the classes `call` and `agent`, after the board took it. `isLate`: it may be part of the lists already
   * that were asked for after the line was back.
   */
  event(message: AmiMessage, isLate?: boolean): void;
  /** Tells entries of one caller into one queue apart. */
  markOf(uniqueId: string, queueId: string, queuedAt: string): string;
  /** A caller that waits as a list says, and not by its event. */
  waits(uniqueId: string, callRef: string, queueId: string): void;
  /** This channel is going to take a desk's caller over: the desk's part ends when it does, and not after. */
  takesOver(uniqueId: string, deskUniqueId: string): void;
  /** Forgets what is known of channels that are gone. */
  forgetGone(): void;
}

export interface JourneyNews {
  /** This channel's desk dials. */
  dialled(channel: Channel): void;
  alias(extension: string, callRef: string, deskRef: string): void;
}

type Handler = (message: AmiMessage, isLate: boolean) => void;

export function createJourneys(
  board: ChannelBoard,
  ledger: Ledger,
  now: () => number,
  news: JourneyNews,
): Journeys {
  /** By the caller's channel, from the queue's beginning to the answer. */
  const waiting = new Map<string, { callRef: string; queueId: string }>();
  /** Callers whose call was picked up by a desk, and is about to be connected. */
  const pickedUp = new Set<string>();
  /** Desks that turned a ringing call away themselves. */
  const turnedAway = new Set<string>();
  const enders = new Map<string, CallEnder>();
  /** Channels of desks, by those that take their callers over. */
  const takenFrom = new Map<string, string>();
  /** How often a caller entered the same queue in the same second, by its channel. */
  const entries = new Map<string, Map<string, number>>();
  const all = [waiting, pickedUp, turnedAway, enders, takenFrom, entries];

  function markOf(uniqueId: string, queueId: string, queuedAt: string): string {
    const count = entries.get(uniqueId)?.get(`${queueId} ${queuedAt}`) ?? 1;
    return [uniqueId, queuedAt, ...(count > 1 ? [count] : [])].join(' ');
  }

  function countEntry(uniqueId: string, queueId: string, queuedAt: string): void {
    const counts = entries.get(uniqueId) ?? new Map<string, number>();
    entries.set(uniqueId, counts);
    const key = `${queueId} ${queuedAt}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }

  function callRefOf(uniqueId: string, message: AmiMessage): string {
    return board.channel(uniqueId)?.callRef ?? (message.get('linkedid') || uniqueId);
  }

  function isQueued(uniqueId: string): boolean {
    const entry = waiting.get(uniqueId);
    return entry !== undefined && ledger.isWaiting(entry.callRef, entry.queueId);
  }

  function dials(channel: Channel, called: string): void {
    if (channel.extension === null || ledger.part(channel.uniqueId)) return;
    ledger.dialled(partOf(channel), called, channel.startedAt);
    news.dialled(channel);
  }

  function offer(message: AmiMessage, queueId: string | null): void {
    const caller = message.get('uniqueid') ?? '';
    const key = message.get('destuniqueid') ?? '';
    const extension = extensionOfChannel(message.get('destchannel') ?? '');
    // A channel that is gone would never end.
    if (extension === null || !board.channel(key) || ledger.part(key)) return;
    const callRef = callRefOf(caller, message);
    ledger.offered({ key, callRef, extension }, queueId, now());
    // Of a call that was dialled here the one outside has another channel, by which the dial plan names the call.
    if (callRef !== caller) news.alias(extension, callRef, caller);
  }

  const handlers: Record<string, Handler> = {
    QueueCallerJoin(message, isLate) {
      const uniqueId = message.get('uniqueid') ?? '';
      const queueId = message.get('queue') ?? '';
      const channel = board.channel(uniqueId);
      // Heard late: it talks to somebody already, or it is part of the list.
      if (channel?.bridge || (isLate && waiting.get(uniqueId)?.queueId === queueId)) return;
      const queuedAt = variableOf(message, 'QUEUED_AT');
      countEntry(uniqueId, queueId, queuedAt);
      const callRef = callRefOf(uniqueId, message);
      waiting.set(uniqueId, { callRef, queueId });
      if (channel) dials(channel, message.get('exten') ?? '');
      const caller = known(message.get('calleridnum'));
      const mark = markOf(uniqueId, queueId, queuedAt);
      ledger.entered({ callRef, queueId, mark, caller, enteredAt: now() });
    },
    QueueCallerAbandon: (message) => leaves(message, 'abandoned'),
    QueueCallerLeave(message) {
      if (!pickedUp.has(message.get('uniqueid') ?? '')) leaves(message, 'overflowed');
    },
    AgentCalled: (message) => offer(message, message.get('queue') ?? null),
    AgentConnect(message) {
      const caller = message.get('uniqueid') ?? '';
      const queueId = message.get('queue') ?? null;
      offer(message, queueId);
      ledger.answered(message.get('destuniqueid') ?? '', queueId, now());
      ledger.answered(caller, null, now());
      waiting.delete(caller);
      pickedUp.delete(caller);
    },
    AgentRingNoAnswer: (message) => notAnswered(message.get('destuniqueid') ?? '', 'NOANSWER'),
    DialBegin(message) {
      const caller = message.get('uniqueid');
      // Nobody dials: the server rings a supervisor. Or the queue does, and tells more of it.
      if (!caller || isQueued(caller)) return;
      const channel = board.channel(caller);
      if (channel) dials(channel, message.get('exten') ?? '');
      offer(message, null);
    },
    DialEnd(message) {
      const caller = message.get('uniqueid') ?? '';
      const desk = message.get('destuniqueid') ?? '';
      const status = message.get('dialstatus') ?? '';
      if (status !== 'ANSWER') {
        if (status === 'BUSY' || turnedAway.has(desk)) enders.set(caller, 'customer');
        notAnswered(desk, status);
        return;
      }
      if (isQueued(caller)) {
        pickedUp.add(caller);
        return;
      }
      ledger.answered(desk, null, now());
      ledger.answered(caller, null, now());
    },
    BridgeEnter(message) {
      const bridge = message.get('bridgeuniqueid') ?? '';
      for (const channel of board.inBridge(bridge)) comesIn(channel);
    },
    Hold: (message) => holds(message, true),
    Unhold: (message) => holds(message, false),
    BlindTransfer(message) {
      if (message.get('result') !== 'Success') return;
      passesOn(message.get('transfereruniqueid') ?? '', message.get('extension') ?? '');
    },
    AttendedTransfer(message) {
      if (message.get('result') !== 'Success') return;
      const to = message.get('secondtransfererexten') ?? '';
      passesOn(message.get('origtransfereruniqueid') ?? '', to);
      enders.set(message.get('secondtransfereruniqueid') ?? '', 'agent');
    },
    HangupRequest: (message) => asksForEnd(message.get('uniqueid') ?? ''),
    Hangup: (message) => ends(message.get('uniqueid') ?? ''),
  };

  function leaves(message: AmiMessage, how: 'abandoned' | 'overflowed'): void {
    const uniqueId = message.get('uniqueid') ?? '';
    const entry = waiting.get(uniqueId);
    if (!entry) return;
    waiting.delete(uniqueId);
    pickedUp.delete(uniqueId);
    ledger.left(entry.callRef, entry.queueId, how, now());
  }

  /** A desk that could be rung and did not take the call, for whatever reason, has not answered. */
  function notAnswered(key: string, status: string): void {
    const isRejected = status === 'BUSY' || turnedAway.has(key);
    const how = isRejected ? 'rejected' : status === 'CANCEL' ? 'withdrawn' : 'noAnswer';
    ledger.notAnswered(key, how, now());
  }

  /** A desk that talks and was neither rung nor dialled: it takes a call over, or picks one up. */
  function comesIn(channel: Channel): void {
    const { extension, callRef, uniqueId } = channel;
    if (extension === null || ledger.part(uniqueId) || isNobodysCall(channel)) return;
    // The same desk with a new channel for its call (RFC 3891): its part goes on.
    const isOwn = board
      .ofExtension(extension)
      .some((other) => other.callRef === callRef && ledger.part(other.uniqueId));
    if (isOwn) return;
    // Asterisk ends the channel of the desk beside that, a moment earlier or later.
    const former = takenFrom.get(uniqueId);
    if (former !== undefined) ledger.ended(former, enders.get(former) ?? 'system', now());
    ledger.joined(partOf(channel), now());
  }

  /** `Timestamp`: by which several nodes name the same moment. */
  function holds(message: AmiMessage, isHeld: boolean): void {
    ledger.held(message.get('uniqueid') ?? '', isHeld, now(), message.get('timestamp'));
  }

  function passesOn(key: string, to: string): void {
    ledger.transferred(key, to, now());
    enders.set(key, 'agent');
  }

  /** A channel's own side said BYE: for its desk the agent did, for those who talk with it the other side. */
  function asksForEnd(uniqueId: string): void {
    const channel = board.channel(uniqueId);
    if (!channel) return;
    if (channel.extension !== null && channel.answeredAt === null) turnedAway.add(uniqueId);
    if (!enders.has(uniqueId)) enders.set(uniqueId, 'agent');
    for (const other of talkingWith(channel)) {
      if (!enders.has(other.uniqueId)) enders.set(other.uniqueId, 'customer');
    }
  }

  /** All in the same bridge, and in those that a pair of local channels joins with it. */
  function talkingWith({ bridge, uniqueId }: Channel): Channel[] {
    if (bridge === null) return [];
    const bridges = new Set([bridge]);
    const found: Channel[] = [];
    for (const one of bridges) {
      for (const other of board.inBridge(one)) {
        if (other.uniqueId !== uniqueId) found.push(other);
        const far = board.named(otherHalf(other.name));
        if (far?.bridge) bridges.add(far.bridge);
      }
    }
    return found;
  }

  function ends(uniqueId: string): void {
    const entry = waiting.get(uniqueId);
    if (entry) ledger.left(entry.callRef, entry.queueId, 'abandoned', now());
    const part = ledger.part(uniqueId);
    const successor = part && successorOf(part);
    if (successor) ledger.renamed(uniqueId, successor.uniqueId);
    else ledger.ended(uniqueId, enders.get(uniqueId) ?? 'system', now());
    forget(uniqueId);
  }

  function forget(uniqueId: string): void {
    for (const kept of all) kept.delete(uniqueId);
  }

  /** The channel by which the same desk goes on with the same call. */
  function successorOf({ extension, callRef }: Part): Channel | null {
    const others = board
      .ofExtension(extension)
      .filter((one) => one.callRef === callRef && one.bridge !== null && !isNobodysCall(one));
    return others.find(({ uniqueId }) => !ledger.part(uniqueId)) ?? null;
  }

  return {
    event(message, isLate = false) {
      const name = message.get('event') ?? '';
      if (Object.hasOwn(handlers, name)) handlers[name]?.(message, isLate);
    },
    markOf,
    waits(uniqueId, callRef, queueId) {
      waiting.set(uniqueId, { callRef, queueId });
    },
    takesOver: (uniqueId, deskUniqueId) => void takenFrom.set(uniqueId, deskUniqueId),
    forgetGone() {
      for (const kept of all) {
        for (const uniqueId of [...kept.keys()]) if (!board.channel(uniqueId)) forget(uniqueId);
      }
    },
  };
}

function partOf({ uniqueId, callRef, extension }: Channel): Part {
  return { key: uniqueId, callRef, extension: extension ?? '' };
}

/** `Local/x@y-1;1` and `…;2` are the two ends of one thing. */
function otherHalf(name: string): string {
  if (name.endsWith(';1')) return `${name.slice(0, -1)}2`;
  return name.endsWith(';2') ? `${name.slice(0, -1)}1` : '';
}

/** A variable that manager.conf sends along (`channelvars`), the only one there. */
export function variableOf(message: AmiMessage, name: string): string {
  const text = message.get('chanvariable') ?? '';
  return text.startsWith(`${name}=`) ? text.slice(name.length + 1) : '';
}

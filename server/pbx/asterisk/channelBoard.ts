import type { Listener, LiveCall, PbxEvent, RecordingState } from '../connector.ts';
import type { AmiMessage } from './amiMessages.ts';
import { createChannelIndex } from './channelIndex.ts';
import {
  type Channel,
  channelFrom,
  extensionOfChannel,
  isNobodysCall,
  listenPrefix,
  modeOfExtension,
  shownChannel,
  waitsForCaller,
} from './channels.ts';

/**
 * The channels of an Asterisk, kept by its events, and what follows from them: agents' calls and who listens in. What
 * was told is kept too, and only differences to it are told: an event that comes twice, or a whole list of channels
 * after a lost connection, tells nothing twice and leaves nothing hanging.
 */
export interface ChannelBoard {
  /** An event of the class `call`. */
  event(message: AmiMessage): void;
  /** All channels there are, as CoreShowChannels lists them. `recordings`: states of those that were not known before. */
  replace(shown: AmiMessage[], recordings?: ReadonlyMap<string, RecordingState>): void;
  calls(): LiveCall[];
  listeners(): Listener[];
  /** The channel on which that extension talks: answered last, not listening. */
  talkingChannel(extension: string): Channel | null;
  /** The other side of a channel's bridge. */
  partnerOf(channel: Channel): Channel | null;
  /** The channel that is recorded in that call. */
  recordedChannel(channel: Channel): Channel | null;
  channelOf(extension: string, callRef: string): Channel | null;
  listeningChannel(id: string): Channel | null;
  channel(uniqueId: string): Channel | null;
  named(name: string): Channel | null;
  inBridge(bridge: string): Channel[];
  ofExtension(extension: string): Channel[];
}

/** What a message changes of the channel it is about. */
type Changed = (channel: Channel, message: AmiMessage) => Partial<Channel> | null;

export function createChannelBoard(
  now: () => number,
  tell: (event: PbxEvent) => void,
): ChannelBoard {
  const channels = new Map<string, Channel>();
  const byName = new Map<string, Channel>();
  const byExtension = createChannelIndex();
  const byBridge = createChannelIndex();
  const byRef = createChannelIndex();
  const toldCalls = new Map<string, LiveCall>();
  const toldListeners = new Map<string, Listener>();

  function put(channel: Channel): void {
    const before = channels.get(channel.uniqueId);
    if (before) drop(before);
    channels.set(channel.uniqueId, channel);
    byName.set(channel.name, channel);
    if (channel.extension !== null) byExtension.add(channel.extension, channel);
    if (channel.bridge !== null) byBridge.add(channel.bridge, channel);
    byRef.add(channel.callRef, channel);
  }

  function drop(channel: Channel): void {
    channels.delete(channel.uniqueId);
    if (byName.get(channel.name) === channel) byName.delete(channel.name);
    if (channel.extension !== null) byExtension.remove(channel.extension, channel);
    if (channel.bridge !== null) byBridge.remove(channel.bridge, channel);
    byRef.remove(channel.callRef, channel);
  }

  function change(channel: Channel, difference: Partial<Channel>): void {
    const next = { ...channel, ...difference };
    put(next);
    compare(channel);
    compare(next);
    compareOthers(channel);
    compareOthers(next);
  }

  function remove(channel: Channel): void {
    drop(channel);
    compare(channel);
    compareOthers(channel);
  }

  /** Calls in the same bridge or of the same journey may have gained or lost their recording. */
  function compareOthers(channel: Channel): void {
    const others = [
      ...(channel.bridge === null ? [] : byBridge.of(channel.bridge)),
      ...byRef.of(channel.callRef),
    ];
    for (const other of others) compareCall(other);
  }

  function compare(channel: Channel): void {
    compareCall(channel);
    compareListener(channel.uniqueId);
  }

  function compareCall({ extension, callRef }: Channel): void {
    if (extension === null) return;
    const key = `${extension} ${callRef}`;
    const before = toldCalls.get(key) ?? null;
    const after = callNow(extension, callRef, before);
    const at = now();
    if (!after) {
      toldCalls.delete(key);
      if (before) tell({ type: 'call', change: 'ended', call: before, at });
      return;
    }
    toldCalls.set(key, after);
    if (!before) tell({ type: 'call', change: 'started', call: after, at });
    if (after.answeredAt !== null && (before?.answeredAt ?? null) === null) {
      tell({ type: 'call', change: 'answered', call: after, at });
    }
    if (after.recording !== (before?.recording ?? 'off')) {
      tell({ type: 'recording', call: after, at });
    }
  }

  function callNow(extension: string, callRef: string, before: LiveCall | null): LiveCall | null {
    const own = byExtension
      .of(extension)
      .filter((channel) => channel.callRef === callRef && !isNobodysCall(channel));
    if (own.length === 0) return null;
    const answers = own.flatMap((channel) => channel.answeredAt ?? []);
    const answeredAt = before?.answeredAt ?? (answers.length > 0 ? Math.min(...answers) : null);
    const recording = own.map(recordingOf).find((state) => state !== 'off') ?? 'off';
    return {
      callRef,
      extension,
      startedAt: before?.startedAt ?? Math.min(...own.map(({ startedAt }) => startedAt)),
      answeredAt,
      // Of a call that rings nothing is recorded yet.
      recording: answeredAt === null ? 'off' : recording,
    };
  }

  function recordedChannel(channel: Channel): Channel | null {
    const related = [
      channel,
      ...(channel.bridge === null ? [] : byBridge.of(channel.bridge)),
      ...byRef.of(channel.callRef),
    ];
    return related.find(({ recording }) => recording !== 'off') ?? null;
  }

  function recordingOf(channel: Channel): RecordingState {
    return recordedChannel(channel)?.recording ?? 'off';
  }

  function compareListener(id: string): void {
    const before = toldListeners.get(id) ?? null;
    const after = listenerNow(id, before);
    const at = now();
    if (!after) {
      toldListeners.delete(id);
      if (before) tell({ type: 'listener', change: 'left', listener: before, at });
      return;
    }
    toldListeners.set(id, after);
    if (!before) tell({ type: 'listener', change: 'joined', listener: after, at });
    else if (before.mode !== after.mode) {
      tell({ type: 'listener', change: 'changed', listener: after, at });
    }
  }

  function listenerNow(id: string, before: Listener | null): Listener | null {
    const channel = channels.get(id);
    if (!channel || channel.extension === null) return null;
    const asked = id.startsWith(listenPrefix);
    // Between two modes it listens to nobody for a moment, and stays a listener.
    if (!channel.spies) return asked ? before : null;
    const heard = byName.get(channel.spies.on) ?? channels.get(channel.spies.on);
    const agent = heard?.extension ?? before?.agent;
    const callRef = heard?.callRef ?? before?.callRef;
    if (!agent || !callRef) return before;
    return { id, supervisor: channel.extension, agent, callRef, mode: channel.spies.mode, asked };
  }

  /**
   * A desk that took its call over with a new channel (RFC 3891), and one that waited for a caller, come with a
   * reference of their own, and get that of the journey they join.
   */
  function refWithin(bridge: string, channel: Channel): string {
    const isOwn = !channel.wasBridged && channel.callRef === channel.uniqueId;
    const other = byBridge.of(bridge).find((one) => one !== channel && !waitsForCaller(one));
    return isOwn && other ? other.callRef : channel.callRef;
  }

  function joined({ bridge, callRef }: Channel): void {
    if (bridge === null) return;
    for (const other of byBridge.of(bridge)) if (waitsForCaller(other)) change(other, { callRef });
  }

  /** Events of the class `call`, and what they do to the channel they are about. */
  const changes: Record<string, Changed> = {
    Newstate: ({ answeredAt }, message) =>
      message.get('channelstatedesc') === 'Up' && answeredAt === null
        ? { answeredAt: now() }
        : null,
    Rename(_channel, message) {
      const name = message.get('newname');
      return name ? { name, extension: extensionOfChannel(name) } : null;
    },
    BridgeEnter(channel, message) {
      const bridge = message.get('bridgeuniqueid');
      return bridge ? { bridge, callRef: refWithin(bridge, channel), wasBridged: true } : null;
    },
    BridgeLeave: ({ bridge }, message) =>
      bridge === message.get('bridgeuniqueid') ? { bridge: null } : null,
    MixMonitorStart: () => ({ recording: 'on' }),
    MixMonitorStop: () => ({ recording: 'off' }),
    MixMonitorMute: ({ recording }, message) =>
      recording === 'off' ? null : { recording: message.get('state') === '1' ? 'paused' : 'on' },
    ChanSpyStart(_channel, message) {
      const on = message.get('spyeeuniqueid');
      return on ? { spies: { on, mode: modeOfExtension(message.get('spyerexten')) } } : null;
    },
    ChanSpyStop: () => ({ spies: null }),
  };

  function event(message: AmiMessage): void {
    const name = message.get('event') ?? '';
    const about = message.get(name.startsWith('ChanSpy') ? 'spyeruniqueid' : 'uniqueid') ?? '';
    const channel = channels.get(about);
    if (!channel) {
      const fresh = name === 'Newchannel' ? channelFrom(message, now()) : null;
      if (fresh) put(fresh);
      if (fresh) compare(fresh);
      return;
    }
    if (name === 'Hangup') {
      remove(channel);
      return;
    }
    const difference = Object.hasOwn(changes, name) ? changes[name]?.(channel, message) : null;
    if (!difference) return;
    change(channel, difference);
    const entered = name === 'BridgeEnter' ? channels.get(about) : null;
    if (entered && !waitsForCaller(entered)) joined(entered);
  }

  function keep(held: Channel, seen: Channel): Channel {
    const { callRef, startedAt, recording, wasBridged } = held;
    const answeredAt = held.answeredAt ?? seen.answeredAt;
    return { ...seen, callRef, startedAt, answeredAt, recording, wasBridged };
  }

  return {
    event,
    replace(shown, recordings = new Map()) {
      const seen = shown.flatMap((message) => shownChannel(message, now()) ?? []);
      const present = new Set(seen.map(({ uniqueId }) => uniqueId));
      for (const held of [...channels.values()]) if (!present.has(held.uniqueId)) remove(held);
      // All of them first: what one listens to must be known.
      const before = seen.map((channel) => {
        const held = channels.get(channel.uniqueId) ?? null;
        const recording = recordings.get(channel.uniqueId) ?? 'off';
        put(held ? keep(held, channel) : { ...channel, recording });
        return held;
      });
      for (const held of before) if (held) compare(held);
      for (const channel of seen) compare(channels.get(channel.uniqueId) ?? channel);
    },
    calls: () => [...toldCalls.values()],
    listeners: () => [...toldListeners.values()],
    talkingChannel(extension) {
      const up = byExtension
        .of(extension)
        .filter((channel) => channel.answeredAt !== null && !isNobodysCall(channel));
      up.sort((a, b) => (b.answeredAt ?? 0) - (a.answeredAt ?? 0));
      return up[0] ?? null;
    },
    partnerOf(channel) {
      if (channel.bridge === null) return null;
      const others = byBridge
        .of(channel.bridge)
        .filter(({ uniqueId }) => uniqueId !== channel.uniqueId);
      return others.find(({ extension }) => extension === null) ?? others[0] ?? null;
    },
    recordedChannel,
    channelOf(extension, callRef) {
      const own = byExtension.of(extension).filter((channel) => !isNobodysCall(channel));
      return own.find((channel) => channel.callRef === callRef) ?? null;
    },
    listeningChannel(id) {
      return toldListeners.has(id) ? (channels.get(id) ?? null) : null;
    },
    channel: (uniqueId) => channels.get(uniqueId) ?? null,
    named: (name) => byName.get(name) ?? null,
    inBridge: byBridge.of,
    ofExtension: byExtension.of,
  };
}

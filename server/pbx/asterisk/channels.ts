import type { ListenMode } from '#shared/domain/calls/listening.ts';
import { listenModes } from '#shared/domain/calls/listening.ts';
import type { RecordingState } from '../connector.ts';
import type { AmiMessage } from './amiMessages.ts';

/** A channel of Asterisk, as far as supervision needs it. */
export interface Channel {
  uniqueId: string;
  name: string;
  /** The extension whose desk it leads to; null for a trunk and everything else. */
  extension: string | null;
  /** Whom it shows to those it is connected with. */
  caller: { number: string; name: string };
  /** Reference of the caller's journey: the linked id with which the channel came up, or that of who it was joined with. */
  callRef: string;
  startedAt: number;
  answeredAt: number | null;
  bridge: string | null;
  wasBridged: boolean;
  /** What it listens to, where it runs ChanSpy. */
  spies: { on: string; mode: ListenMode } | null;
  recording: RecordingState;
}

/** Begins the unique id of a channel by which a supervisor was let in at our request. */
export const listenPrefix = 'listen-';
/** Begins the unique id of a supervisor's channel that waits for the caller it takes over. */
const takeOverPrefix = 'take-over-';

/**
 * Of the channels that are bridged Asterisk lets the oldest name the journey, and reads the age behind the last `-` of
 * the unique id (`seconds.sequence`): ours are the youngest there can be (2^31-1 s), so that a caller's reference stays.
 */
export function listenId(unique: string): string {
  return `${listenPrefix}${unique}-2147483647.1`;
}
export function takeOverId(unique: string): string {
  return `${takeOverPrefix}${unique}-2147483647.1`;
}

export function isOurs(uniqueId: string): boolean {
  return uniqueId.startsWith(listenPrefix) || uniqueId.startsWith(takeOverPrefix);
}

/** A channel that listens in, or still waits for the caller it takes over, is nobody's call. */
export function isNobodysCall(channel: Channel): boolean {
  return (
    channel.spies !== null || channel.uniqueId.startsWith(listenPrefix) || waitsForCaller(channel)
  );
}

export function waitsForCaller({ callRef }: Channel): boolean {
  return callRef.startsWith(takeOverPrefix);
}

const ofDesk = /^(?:PJSIP|SIP)\/(\d{2,16})-[0-9a-f]+$/u;

/** The extension behind a channel's name such as `PJSIP/2041-0000000a`. */
export function extensionOfChannel(name: string): string | null {
  return ofDesk.exec(name)?.[1] ?? null;
}

/** The channel that a message is about, as it is when it comes up; null where the message names none. */
export function channelFrom(message: AmiMessage, now: number): Channel | null {
  const uniqueId = message.get('uniqueid');
  const name = message.get('channel');
  if (!uniqueId || !name) return null;
  return {
    uniqueId,
    name,
    extension: extensionOfChannel(name),
    caller: {
      number: known(message.get('calleridnum')),
      name: known(message.get('calleridname')),
    },
    callRef: message.get('linkedid') || uniqueId,
    startedAt: now,
    answeredAt: message.get('channelstatedesc') === 'Up' ? now : null,
    bridge: null,
    wasBridged: false,
    spies: null,
    recording: 'off',
  };
}

/** Asterisk writes `<unknown>` where there is nothing. */
export function known(text: string | undefined): string {
  return text === undefined || text === '<unknown>' ? '' : text;
}

/** A line of CoreShowChannels: as above, with what the channel does now. */
export function shownChannel(message: AmiMessage, now: number): Channel | null {
  const channel = channelFrom(message, now);
  if (!channel) return null;
  const bridge = message.get('bridgeid') || null;
  const [on = '', options = ''] = (message.get('applicationdata') ?? '').split(',');
  const spies =
    message.get('application') === 'ChanSpy' && on !== ''
      ? { on, mode: modeOfOptions(options) }
      : null;
  const startedAt = now - durationMs(message.get('duration') ?? '');
  return { ...channel, startedAt, bridge, wasBridged: bridge !== null, spies };
}

/** By the extension of the dial plan that let it in (extensions.conf, `switchboard-listening`). */
export function modeOfExtension(extension: string | undefined): ListenMode {
  return listenModes.find((mode) => mode === extension) ?? 'listen';
}

function modeOfOptions(options: string): ListenMode {
  if (options.includes('B')) return 'barge';
  return options.includes('w') ? 'whisper' : 'listen';
}

/** `01:02:03` */
function durationMs(text: string): number {
  const match = /^(\d+):(\d\d):(\d\d)$/u.exec(text);
  if (!match) return 0;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

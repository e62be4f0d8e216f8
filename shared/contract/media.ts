import { z } from 'zod';

/**
 * The media page holds the RTCPeerConnections and devices; the main process holds the dialogs and
 * tells the page what to do. `session` names one peer connection (one SIP dialog).
 */
const ofSession = z.object({ session: z.string().max(100) });
const nothing = z.object({});

const mediaStatsSchema = z.object({
  connection: z.string(),
  packetsReceived: z.number(),
  packetsLost: z.number(),
  packetsSent: z.number(),
  jitterMs: z.number().nullable(),
  roundTripMs: z.number().nullable(),
  /** Sum of squares of the received signal, as WebRTC counts it: grows only when there is sound. */
  energyReceived: z.number(),
  codec: z.string().nullable(),
  /** Types of the two candidates in use, such as `host/srflx udp`. */
  path: z.string().nullable(),
});
export type MediaStats = z.infer<typeof mediaStatsSchema>;

/** A device by its id, and by its label where ids change (another USB port, cleared site data). Null: the system's choice. */
const deviceSchema = z.object({ id: z.string().max(300), label: z.string().max(500) });
export type Device = z.infer<typeof deviceSchema>;

export const deviceChoiceSchema = z.object({
  microphone: deviceSchema.nullable(),
  speaker: deviceSchema.nullable(),
  ringer: deviceSchema.nullable(),
  /** 0 to 1. */
  ringVolume: z.number().min(0).max(1),
  echoCancellation: z.boolean(),
  noiseSuppression: z.boolean(),
  autoGain: z.boolean(),
});
export type DeviceChoice = z.infer<typeof deviceChoiceSchema>;

/** What a desk starts with, before anybody chose. */
export const usualDevices: DeviceChoice = {
  microphone: null,
  speaker: null,
  ringer: null,
  ringVolume: 0.8,
  echoCancellation: true,
  noiseSuppression: true,
  autoGain: true,
};

export const deviceListSchema = z.object({
  microphones: z.array(deviceSchema).max(100),
  speakers: z.array(deviceSchema).max(100),
  /** What is in use now; differs from the choice where a chosen device is unplugged. */
  inUse: z.object({
    microphone: deviceSchema.nullable(),
    speaker: deviceSchema.nullable(),
    ringer: deviceSchema.nullable(),
  }),
  /** Name of the connected headset with buttons; null where there is none. */
  headset: z.string().max(500).nullable(),
});
export type DeviceList = z.infer<typeof deviceListSchema>;

export const mediaCommands = {
  /** Local description: an answer where a remote offer is set, else an offer. */
  describe: {
    input: ofSession.extend({ hold: z.boolean(), gatherMs: z.number() }),
    output: z.object({ type: z.enum(['offer', 'answer']), sdp: z.string() }),
  },
  accept: { input: ofSession.extend({ sdp: z.string() }), output: nothing },
  rollback: { input: ofSession, output: nothing },
  close: { input: ofSession, output: nothing },
  mute: { input: ofSession.extend({ on: z.boolean() }), output: nothing },
  /** RFC 4733; `sent` false where the peer did not offer telephone-event. */
  digits: {
    input: ofSession.extend({ digits: z.string() }),
    output: z.object({ sent: z.boolean() }),
  },
  stats: { input: ofSession, output: mediaStatsSchema.nullable() },
  /** The sessions whose far sides hear each other and this desk; fewer than two: none. */
  mix: { input: z.object({ sessions: z.array(z.string().max(100)).max(8) }), output: nothing },
  /** From now on these devices and this treatment of the voice; running calls change over without a gap. */
  useDevices: { input: deviceChoiceSchema, output: nothing },
  /** Levels of microphone and speaker as `level` events, about 20 a second, until turned off. */
  meter: { input: z.object({ on: z.boolean() }), output: nothing },
  /** Plays a short sound on the chosen device. */
  testSound: { input: z.object({ on: z.enum(['speaker', 'ringer']) }), output: nothing },
  /** What the headset's lights shall tell (WebHID telephony page, where the device has it). */
  headset: {
    input: z.object({
      ringing: z.boolean(),
      offHook: z.boolean(),
      muted: z.boolean(),
      held: z.boolean(),
    }),
    output: nothing,
  },
  /** Ring tone on or off; `waiting`: the short tone for a second call, in the headset. */
  ring: { input: z.object({ on: z.boolean(), waiting: z.boolean().optional() }), output: nothing },
  /** Opens the microphone ahead of the first call, so that an answer need not wait for it. */
  prepare: { input: nothing, output: nothing },
} as const;

export type MediaCommands = typeof mediaCommands;
export type MediaCommandName = keyof MediaCommands;
export type MediaInput<C extends MediaCommandName> = z.infer<MediaCommands[C]['input']>;
export type MediaOutput<C extends MediaCommandName> = z.infer<MediaCommands[C]['output']>;

export const mediaEventSchema = z.discriminatedUnion('type', [
  /** The page is loaded and holds no sessions: after a reload every running call needs repair. */
  z.object({ type: z.literal('ready') }),
  /** The page is gone, and every sound with it; told by the shell, not by the page. */
  z.object({ type: z.literal('gone') }),
  z.object({
    type: z.literal('connection'),
    session: z.string().max(100),
    state: z.enum(['new', 'connecting', 'connected', 'disconnected', 'failed', 'closed']),
  }),
  z.object({
    type: z.literal('microphone'),
    state: z.enum(['unknown', 'ok', 'denied', 'absent', 'busy']),
    label: z.string().max(500).nullable(),
  }),
  z.object({ type: z.literal('devices'), list: deviceListSchema }),
  /** 0 to 1, as heard. */
  z.object({ type: z.literal('level'), input: z.number(), output: z.number() }),
  z.object({
    type: z.literal('button'),
    button: z.enum(['hook', 'mute', 'hold', 'redial', 'reject']),
  }),
]);
export type MediaEvent = z.infer<typeof mediaEventSchema>;

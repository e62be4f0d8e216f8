import { z } from 'zod';

/**
 * The media page holds the RTCPeerConnections and devices; the main process holds the dialogs and
 * tells the page what to do. `session` names one peer connection (one SIP dialog).
 */
const ofSession = z.object({ session: z.string().max(100) });
const nothing = z.object({});

export const mediaStatsSchema = z.object({
  connection: z.string(),
  packetsReceived: z.number(),
  packetsLost: z.number(),
  packetsSent: z.number(),
  jitterMs: z.number().nullable(),
  roundTripMs: z.number().nullable(),
  /** Sum of squares of the received signal, as WebRTC counts it: grows only when there is sound. */
  energyReceived: z.number(),
  codec: z.string().nullable(),
});
export type MediaStats = z.infer<typeof mediaStatsSchema>;

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
  /** Ring tone on or off. */
  ring: { input: z.object({ on: z.boolean() }), output: nothing },
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
]);
export type MediaEvent = z.infer<typeof mediaEventSchema>;

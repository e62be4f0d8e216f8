import { z } from 'zod';
import { mediaEventSchema } from './media.ts';

/** The browser shell's WebSocket, and Electron's IPC channels (channels.ts), carry these. */
const requestId = z.int().nonnegative();

export const fromWindowSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('invoke'),
    id: requestId,
    method: z.string().max(100),
    input: z.unknown(),
  }),
  z.object({ kind: z.literal('mediaResult'), id: requestId, result: z.unknown() }),
  z.object({ kind: z.literal('mediaEvent'), event: mediaEventSchema }),
]);
export type FromWindow = z.infer<typeof fromWindowSchema>;

export type ToWindow =
  | { kind: 'result'; id: number; result: unknown }
  | { kind: 'event'; name: string; payload: unknown }
  | { kind: 'mediaCommand'; id: number; command: string; input: unknown };

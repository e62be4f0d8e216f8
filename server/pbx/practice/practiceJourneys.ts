import { z } from 'zod';
import { callEnders } from '#shared/domain/calls/call.ts';
import type { Ledger, PartNow } from '../ledger.ts';
import type { StreamedEvent } from './eventStream.ts';

const entrySchema = z.object({
  entry: z.string(),
  callRef: z.string(),
  queue: z.string(),
  number: z.string(),
  enteredAtMs: z.int(),
});

/** What the practice PBX's state says of callers in queues and desks in calls (server/practice/calls/chronicle.ts). */
const presentSchema = z.object({
  waiting: z.array(entrySchema),
  parts: z.array(
    z.object({
      part: z.string(),
      callRef: z.string(),
      extension: z.string(),
      began: z.enum(['rung', 'dialled']),
      number: z.string(),
      queue: z.string().nullable(),
      startedAtMs: z.int(),
      answered: z.boolean(),
    }),
  ),
});

const leftSchema = z.object({
  callRef: z.string(),
  queue: z.string(),
  how: z.enum(['abandoned', 'overflowed']),
  atMs: z.int(),
});

const stepSchema = z
  .object({
    part: z.string(),
    callRef: z.string(),
    extension: z.string(),
    number: z.string(),
    queue: z.string().nullable(),
    atMs: z.int(),
  })
  .and(
    z.discriminatedUnion('what', [
      z.object({ what: z.enum(['offered', 'answered', 'held', 'resumed']) }),
      z.object({ what: z.enum(['dialled', 'alias']), deskRef: z.string() }),
      z.object({
        what: z.literal('notAnswered'),
        how: z.enum(['noAnswer', 'rejected', 'withdrawn']),
      }),
      z.object({ what: z.literal('transferred'), to: z.string() }),
      z.object({ what: z.literal('left'), by: z.enum(callEnders) }),
    ]),
  );
type Step = z.infer<typeof stepSchema>;

export interface JourneyReader {
  /** An event of the stream; those that tell nothing of journeys are passed over. */
  event(event: StreamedEvent): void;
}

export interface JourneyNews {
  alias(extension: string, callRef: string, deskRef: string): void;
  /** The stream begins anew: everything there is was compared. */
  present(): void;
  /** Since when nothing was seen; null where nothing was seen yet. */
  lostAt(): number | null;
}

/** What happened to callers and desks, out of the event stream, which tells all of it in order from a state on. */
export function createJourneyReader(ledger: Ledger, news: JourneyNews): JourneyReader {
  function takeState(data: unknown): void {
    const { waiting, parts } = presentSchema.parse(data);
    const entries = waiting.map(entryOf);
    const now = parts.map(
      (one): PartNow => ({
        ...{ key: one.part, callRef: one.callRef, extension: one.extension },
        ...{ began: one.began, called: one.number, queueId: one.queue },
        ...{ startedAt: one.startedAtMs, isAnswered: one.answered },
      }),
    );
    const alive = new Set(now.map(({ key }) => key));
    ledger.present({ entries, parts: now, alive }, news.lostAt() ?? 0);
    news.present();
  }

  function takeStep(step: Step): void {
    const { part: key, callRef, extension, queue, atMs: at } = step;
    switch (step.what) {
      case 'offered':
        ledger.offered({ key, callRef, extension }, queue, at);
        break;
      case 'dialled':
        ledger.dialled({ key, callRef, extension }, step.number, at);
        news.alias(extension, callRef, step.deskRef);
        break;
      case 'alias':
        news.alias(extension, callRef, step.deskRef);
        break;
      case 'answered':
        ledger.answered(key, queue, at);
        break;
      case 'notAnswered':
        ledger.notAnswered(key, step.how, at);
        break;
      case 'held':
      case 'resumed':
        ledger.held(key, step.what === 'held', at);
        break;
      case 'transferred':
        ledger.transferred(key, step.to, at);
        break;
      case 'left':
        ledger.ended(key, step.by, at);
        break;
    }
  }

  return {
    event({ name, data }) {
      switch (name) {
        case 'state':
          return takeState(JSON.parse(data));
        case 'queueEntered':
          return ledger.entered(entryOf(entrySchema.parse(JSON.parse(data))));
        case 'queueLeft': {
          const { callRef, queue, how, atMs } = leftSchema.parse(JSON.parse(data));
          return ledger.left(callRef, queue, how, atMs);
        }
        case 'partChanged':
          return takeStep(stepSchema.parse(JSON.parse(data)));
        default:
      }
    },
  };
}

function entryOf({ entry, callRef, queue, number, enteredAtMs }: z.infer<typeof entrySchema>) {
  const caller = number === '' || number === 'anonymous' ? undefined : number;
  const of = { callRef, queueId: queue, mark: entry, enteredAt: enteredAtMs };
  return { ...of, ...(caller === undefined ? {} : { caller }) };
}

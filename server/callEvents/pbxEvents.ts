import { v5 } from 'uuid';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { errorFields } from '../jobs/errorFields.ts';
import type { JobLog } from '../jobs/jobs.ts';
import type { Happening, PbxConnector, PbxEvent } from '../pbx/connector.ts';
import { readAgentsAt } from '../store/calls/callEvents.ts';
import { readOpenParts } from '../store/calls/callStories.ts';
import type { Db } from '../store/store.ts';
import type { CallEvents } from './callEvents.ts';

/** Namespace of what stands for an extension that is nobody's, and of what follows from its calls. */
const namespace = '8d3f9f54-1a0e-4b53-8f5e-0f7c3f0d9a12';

const askAgainMs = 1_000;

/** An extension that is nobody's, in the place of an agent: calls count though nobody can be named. */
export function nobodyAt(extension: string): string {
  return v5(`extension ${extension}`, namespace);
}

type Present = Extract<PbxEvent, { type: 'present' }>;
type Heard = Extract<PbxEvent, { type: 'happened' | 'alias' | 'present' }>;

/**
 * What the connector tells of calls becomes events, with the agents who sit at the extensions now. Answers what waits
 * until all that was heard is taken, and hears no more.
 */
export function hearPbx(
  connector: Pick<PbxConnector, 'heard'>,
  { db, callEvents, log }: { db: Db; callEvents: Pick<CallEvents, 'take' | 'alias'>; log: JobLog },
): () => Promise<void> {
  const heard: Heard[] = [];
  let working: Promise<void> | null = null;
  let stopped = false;
  let wake: (() => void) | null = null;

  const stopHearing = connector.heard((event) => {
    if (event.type !== 'happened' && event.type !== 'alias' && event.type !== 'present') return;
    heard.push(event);
    working ??= work();
  });

  async function work(): Promise<void> {
    while (heard.length > 0) {
      try {
        await takeNext();
      } catch (error) {
        log('error', 'calls of the PBX were lost', errorFields(error));
      }
    }
    working = null;
  }

  /** All that was heard up to a picture of what is there, or that picture. */
  async function takeNext(): Promise<void> {
    const [first] = heard;
    if (first?.type === 'present') {
      heard.shift();
      await callEvents.take(await patiently(() => endsOf(db, first)));
      return;
    }
    const until = heard.findIndex(({ type }) => type === 'present');
    const batch = heard.splice(0, until < 0 ? heard.length : until);
    const happenings = batch.flatMap((one) => (one.type === 'happened' ? [one.event] : []));
    const agents = await patiently(() => readAgentsAt(db, extensionsOf(happenings)));
    const aliases = batch.flatMap((one) => (one.type === 'alias' ? [one] : []));
    await Promise.all([
      callEvents.take(eventsOf(agents, happenings)),
      ...aliases.map(({ deskRef, callRef }) => callEvents.alias(deskRef, callRef)),
    ]);
  }

  /** Until the database is there: nobody else knows what was heard. */
  async function patiently<Value>(read: () => Promise<Value>): Promise<Value> {
    for (;;) {
      try {
        return await read();
      } catch (error) {
        if (stopped) throw error;
        log('warn', 'calls of the PBX wait for the database', errorFields(error));
        await pause();
      }
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, askAgainMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return async () => {
    stopHearing();
    stopped = true;
    wake?.();
    await working;
  };
}

function extensionsOf(happenings: readonly Happening[]): string[] {
  return [
    ...new Set(happenings.flatMap((event) => ('extension' in event ? [event.extension] : []))),
  ];
}

function eventsOf(
  agents: ReadonlyMap<string, string>,
  happenings: readonly Happening[],
): CallEvent[] {
  return happenings.flatMap((event): CallEvent[] => {
    if (!('extension' in event)) return [{ ...event, source: 'pbx' }];
    const { extension, ...rest } = event;
    const agentId = agents.get(extension);
    if (agentId !== undefined) return [{ ...rest, agentId, source: 'pbx' }];
    const nobody = { ...rest, agentId: nobodyAt(extension), source: 'pbx' as const };
    return rest.name === 'agent.left' ? [nobody, nothingToConclude(nobody)] : [nobody];
  });
}

interface LeftByNobody {
  id: string;
  at: number;
  callRef: string;
  agentId: string;
}

/** No desk tells of after-call work there. */
function nothingToConclude({ id, at, callRef, agentId }: LeftByNobody): CallEvent {
  const name = 'agent.wrappedUp' as const;
  return { name, id: v5(`${name} ${id}`, namespace), at, callRef, agentId, source: 'pbx' };
}

/**
 * What the PBX told of, and no longer has: it ended while nobody looked, and is booked up to where it was seen. Without
 * a moment at which the line was lost that is the newest event of all.
 */
async function endsOf(db: Db, { waiting, parts, lostAt }: Present): Promise<CallEvent[]> {
  const { entries, handles, newestAt } = await readOpenParts(db);
  const at = lostAt ?? newestAt;
  const agents = await readAgentsAt(db, [...new Set(parts.map(({ extension }) => extension))]);
  const waits = new Set(waiting.map(({ callRef, queueId }) => JSON.stringify([callRef, queueId])));
  const works = new Set(
    parts.map(({ callRef, extension }) =>
      JSON.stringify([callRef, agents.get(extension) ?? nobodyAt(extension)]),
    ),
  );
  const gone = (id: string, from: number) => ({
    ...{ id: v5(`gone ${id}`, namespace), at: Math.max(at, from), source: 'pbx' as const },
  });
  const left = entries
    .filter(({ callRef, queueId }) => !waits.has(JSON.stringify([callRef, queueId])))
    .map(({ id, callRef, queueId, enteredAt }): CallEvent => {
      const ended = { ...gone(id, enteredAt), callRef, queueId };
      return { name: 'queue.left', ...ended, how: 'unseen' };
    });
  const ended = handles
    .filter(({ callRef, agentId }) => !works.has(JSON.stringify([callRef, agentId])))
    .map(({ id, callRef, agentId, answeredAt, beganAt }): CallEvent => {
      const end = { ...gone(id, answeredAt ?? beganAt), callRef, agentId };
      return { name: 'agent.left', ...end, by: null };
    });
  return [...left, ...ended];
}

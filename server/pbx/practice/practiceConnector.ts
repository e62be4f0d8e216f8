import { z } from 'zod';
import { fail, ok, type Result } from '#shared/result.ts';
import type { ConnectorStatus } from '#shared/sync/messages.ts';
import {
  type Listener,
  type ListenRequest,
  type LiveCall,
  type Membership,
  type PbxConnector,
  type PbxSurroundings,
  usualPbxTimes,
} from '../connector.ts';
import { createDifferences } from '../differences.ts';
import { createLedger } from '../ledger.ts';
import { createTold } from '../told.ts';
import { createJourneyReader } from './practiceJourneys.ts';
import { createPracticeLine, type PracticeAccount } from './practiceLine.ts';
import {
  arrivalOf,
  callsOf,
  type KnownState,
  letIn,
  listenersOf,
  membershipsOf,
  membersOf,
  practiceStateSchema,
  takenOver,
} from './practiceStates.ts';

const mostArrivals = 200;
const startedSchema = z.object({ id: z.string() });

const blind = () => fail('connector-absent', 'the line to the PBX is down');
const notInCall = () => fail('not-in-call', 'this extension talks to nobody');
const notTaken = () => fail('pbx-refused', 'the desk was not answered');
const notRegistered = () => fail('phone-not-registered', 'the desk cannot be rung');

/** The practice PBX by its control interface. After every event the whole state is asked for, and compared. */
export function createPracticeConnector(
  account: PracticeAccount,
  surroundings: PbxSurroundings,
): PbxConnector {
  const { now, log, times = usualPbxTimes } = surroundings;
  const told = createTold((error) =>
    log('error', 'a PBX event was not digested', { reason: String(error) }),
  );
  const differences = createDifferences(told.tell);
  let status: ConnectorStatus = { state: 'blind', since: now() };
  let known: KnownState = { sequence: 0, agents: [], queues: [], listeners: [], calls: [] };
  const ledger = createLedger((event) => told.tell({ type: 'happened', event }));
  let wasUp = false;
  const journeys = createJourneyReader(ledger, {
    alias: (extension, callRef, deskRef) =>
      told.tell({ type: 'alias', extension, callRef, deskRef }),
    present: tellPresent,
    lostAt: () => (wasUp ? status.since : null),
  });
  /** Number of the newest event heard, and who arrived by one: the state may have gone on since. */
  let heardUpTo = 0;
  const arrivals = new Set<string>();
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  /** Called after every look. */
  const watching = new Set<() => void>();
  /** Grows with every loss of the line: an answer from before it is not believed. */
  let era = 0;

  const line = createPracticeLine(account, surroundings, {
    news(event) {
      heardUpTo = event.sequence;
      journeys.event(event);
      const arrival = arrivalOf(event);
      if (arrival) arrived(arrival);
      void look();
    },
    down() {
      era += 1;
      become('blind');
      for (const check of [...watching]) check();
    },
  });

  function become(state: 'connected' | 'blind'): void {
    if (status.state === state) return;
    status = { state, since: now() };
    told.tell({ type: 'connection', status });
  }

  function tellPresent(): void {
    const { entries, parts } = ledger.open();
    const waiting = entries.map(({ callRef, queueId }) => ({ callRef, queueId }));
    const desks = parts.map(({ callRef, extension }) => ({ callRef, extension }));
    const lostAt = wasUp ? status.since : null;
    wasUp = true;
    told.tell({ type: 'present', waiting, parts: desks, lostAt, at: now() });
  }

  function arrived(arrival: string): void {
    arrivals.add(arrival);
    const [oldest] = arrivals;
    if (arrivals.size > mostArrivals && oldest !== undefined) arrivals.delete(oldest);
  }

  /** One question at a time; resolves with an answer to a question that was asked after the call. */
  function look(): Promise<void> {
    lookAgain = true;
    looking ??= lookAll();
    return looking;
  }

  async function lookAll(): Promise<void> {
    while (lookAgain) {
      lookAgain = false;
      await lookOnce(era);
    }
    // In the same turn as the last question whether to look again: nobody's wish falls in between.
    looking = null;
  }

  async function lookOnce(asked: number): Promise<void> {
    const answer = await line.ask('GET', '/state');
    const state = practiceStateSchema.safeParse(answer?.body);
    if (asked !== era) return;
    if (!state.success) {
      log('warn', 'the state of the PBX cannot be read', { status: answer?.status ?? null });
      return;
    }
    known = state.data;
    const at = now();
    const picture = {
      members: membersOf(known, at),
      calls: callsOf(known, at),
      listeners: listenersOf(known),
      memberships: membershipsOf(known),
    };
    differences.take(picture, at);
    become('connected');
    for (const check of [...watching]) check();
  }

  /** 204 and other successes, 404 and 409 as they are meant, no answer as a line that is down. */
  async function act(method: string, path: string, body?: unknown): Promise<Result<unknown>> {
    if (status.state !== 'connected') return blind();
    const answer = await line.ask(method, path, body);
    if (!answer) return blind();
    if (answer.status < 300) return ok(answer.body);
    if (answer.status === 404) return fail('not-found', 'the PBX knows no such thing');
    if (answer.status === 409) return fail('pbx-refused', 'the PBX cannot do that now');
    return fail('pbx-refused', `the PBX answered ${answer.status}`);
  }

  function callOf(extension: string, callRef?: string): LiveCall | null {
    const up = differences
      .picture()
      .calls.filter((call) => call.extension === extension && call.answeredAt !== null);
    const named = up.find((call) => call.callRef === callRef);
    return named ?? up.toSorted((a, b) => (b.answeredAt ?? 0) - (a.answeredAt ?? 0))[0] ?? null;
  }

  function isRegistered(extension: string): boolean {
    return known.agents.some((agent) => agent.extension === extension && agent.registered);
  }

  /**
   * What came of ringing a desk: `find` looks into the state and among the arrivals until it gives something. What it
   * does not find counts as gone only once the events are as far as the state.
   */
  async function outcome<T>(find: () => Result<T> | 'gone' | null): Promise<Result<T>> {
    await look();
    const { promise, resolve } = Promise.withResolvers<Result<T>>();
    const check = () => {
      const found = status.state === 'connected' ? find() : blind();
      if (found === 'gone' && heardUpTo >= known.sequence) resolve(notTaken());
      else if (found && found !== 'gone') resolve(found);
    };
    const timer = setTimeout(() => resolve(notTaken()), times.ringMs + times.answerMs);
    watching.add(check);
    check();
    const found = await promise;
    watching.delete(check);
    clearTimeout(timer);
    return found;
  }

  async function listen({ supervisor, agent, mode }: ListenRequest): Promise<Result<Listener>> {
    if (status.state !== 'connected') return blind();
    const call = callOf(agent);
    if (!call) return notInCall();
    const { callRef } = call;
    if (!isRegistered(supervisor)) return notRegistered();
    const asked = await act('POST', '/listeners', { supervisor, agent, mode });
    if (!asked.ok) return asked;
    const { id } = startedSchema.parse(asked.value);
    return outcome(() => {
      const listener = differences.picture().listeners.find((one) => one.id === id);
      if (listener) return ok(listener);
      // In and out again before the state was read.
      if (arrivals.has(letIn({ id }))) {
        return ok({ id, supervisor, agent, callRef, mode, asked: true });
      }
      return known.listeners.some((one) => one.id === id) ? null : 'gone';
    });
  }

  async function takeOver({
    supervisor,
    agent,
  }: Omit<ListenRequest, 'mode'>): Promise<Result<{ callRef: string }>> {
    if (status.state !== 'connected') return blind();
    const call = callOf(agent);
    if (!call) return notInCall();
    if (!isRegistered(supervisor)) return notRegistered();
    const { callRef } = call;
    arrivals.delete(takenOver({ callRef, to: supervisor }));
    const asked = await act('POST', `/calls/${callRef}/take-over`, { extension: supervisor });
    if (!asked.ok) return asked;
    return outcome(() => {
      if (arrivals.has(takenOver({ callRef, to: supervisor }))) return ok({ callRef });
      const legs = known.calls.find((one) => one.callRef === callRef)?.legs ?? [];
      const own = legs.find(({ extension }) => extension === supervisor);
      if (!own) return 'gone';
      return own.answered ? ok({ callRef }) : null;
    });
  }

  async function join(extension: string, { queueId, penalty }: Membership): Promise<Result<null>> {
    const path = `/agents/${encodeURIComponent(extension)}/join`;
    const done = await act('POST', path, { queue: queueId, penalty });
    return done.ok ? ok(null) : done;
  }

  async function leave(extension: string, queueId: string): Promise<Result<null>> {
    const path = `/agents/${encodeURIComponent(extension)}/leave`;
    const done = await act('POST', path, { queue: queueId });
    return done.ok ? ok(null) : done;
  }

  return {
    memberships: () => differences.picture().memberships,
    join,
    leave,
    async setPenalty(extension, membership) {
      const own = membershipsOf(known).get(extension) ?? [];
      const isMember = own.some(({ queueId }) => queueId === membership.queueId);
      if (status.state === 'connected' && !isMember) return fail('not-found', 'no such member');
      return join(extension, membership);
    },
    async hangUp(extension) {
      const done = await act('POST', `/agents/${encodeURIComponent(extension)}/hang-up`);
      return done.ok ? ok(null) : done;
    },
    start: () => line.start(),
    async stop() {
      era += 1;
      await line.stop();
      await looking;
    },
    status: () => status,
    members: () => differences.picture().members,
    calls: () => differences.picture().calls,
    listeners: () => differences.picture().listeners,
    heard: told.heard,
    async pause(extension, reason) {
      const path = `/agents/${encodeURIComponent(extension)}`;
      const done =
        reason === null
          ? await act('POST', `${path}/unpause`)
          : await act('POST', `${path}/pause`, { reason });
      return done.ok ? ok(null) : done;
    },
    listen,
    async changeMode(id, mode) {
      const done = await act('PATCH', `/listeners/${encodeURIComponent(id)}`, { mode });
      return done.ok ? ok(null) : done;
    },
    async stopListening(id) {
      const done = await act('DELETE', `/listeners/${encodeURIComponent(id)}`);
      return done.ok ? ok(null) : done;
    },
    takeOver,
    async record(extension, callRef, on) {
      if (status.state !== 'connected') return blind();
      const call = callOf(extension, callRef);
      if (!call) return notInCall();
      if (call.recording === 'off') return fail('call-state', 'this call is not recorded');
      const state = on ? 'on' : 'paused';
      const done = await act('POST', `/calls/${call.callRef}/recording`, { state });
      return done.ok ? ok(state) : done;
    },
  };
}

import type { AutoCallers } from '../calls/autoCallers.ts';
import type { Call } from '../calls/call.ts';
import type { Callers, PlaceCall } from '../calls/callers.ts';
import type { Exchange } from '../calls/exchange.ts';
import type { Listening } from '../calls/listening.ts';
import { Refusal } from '../calls/refusal.ts';
import { agentLegOf, type TakeOvers } from '../calls/takeOvers.ts';
import type { PracticeState } from '../practiceState.ts';
import { type Answer, asked, done, doneIf, notFound } from './answer.ts';
import {
  callersSchema,
  forgetSchema,
  joinSchema,
  leaveSchema,
  listenSchema,
  modeSchema,
  pauseSchema,
  placeCallSchema,
  queuesSchema,
  recordingSchema,
  reinviteSchema,
  takeOverSchema,
} from './requests.ts';

export interface Route {
  method: string;
  path: RegExp;
  /** `name` is what stands in the place of `*` in the path. */
  act(name: string, body: unknown): Answer | Promise<Answer>;
}

export interface ControlledParts {
  exchange: Exchange;
  callers: Callers;
  autoCallers: AutoCallers;
  listening: Listening;
  takeOvers: TakeOvers;
  state(): PracticeState;
}

/** What the control interface can be asked (README.md). */
export function controlRoutes(of: ControlledParts): Route[] {
  return [
    route('GET /state', () => ({ status: 200, body: of.state() })),
    route('POST /callers', (_name, body) =>
      asked(callersSchema, body, ({ enabled }) => {
        of.autoCallers.switch(enabled);
        return { status: 200, body: { enabled } };
      }),
    ),
    ...callRoutes(of),
    ...agentRoutes(of),
    ...listenerRoutes(of),
    ...faultRoutes(of),
  ];
}

function route(wanted: string, act: Route['act']): Route {
  const [method = '', path = ''] = wanted.split(' ');
  return { method, path: new RegExp(`^/control${path.replace('*', '([\\w-]+)')}$`), act };
}

function callRoutes({ exchange, callers, takeOvers }: ControlledParts): Route[] {
  return [
    route('POST /calls', (_name, body) =>
      asked(placeCallSchema, body, ({ count = 1, ...call }) => {
        const callRefs = placeAll(callers, call, count);
        if (!callRefs) return new Refusal(422, `no queue ${call.queue} or agent ${call.agent}`);
        return { status: 201, body: { callRef: callRefs[0], callRefs } };
      }),
    ),
    route('DELETE /calls/*', (ref) => doneIf(callers.hangUp(ref))),
    route('POST /calls/*/hang-up', (ref) => {
      const call = exchange.call(ref);
      if (call) exchange.finish(call, 'pbx');
      return doneIf(call !== undefined);
    }),
    route('POST /calls/*/recording', (ref, body) =>
      ofCall(exchange, ref, (call) =>
        asked(recordingSchema, body, ({ state }) => {
          if (!exchange.recordings.set(call, state)) return new Refusal(409, 'not recorded');
          const { gaps } = call.recording.snapshot;
          return { status: 200, body: { state, gaps } };
        }),
      ),
    ),
    route('POST /calls/*/take-over', (ref, body) =>
      ofCall(exchange, ref, (call) =>
        asked(
          takeOverSchema,
          body,
          ({ extension }) => takeOvers.start(call, extension) ?? { status: 202 },
        ),
      ),
    ),
  ];
}

/** Numbers count upwards, so that each caller of a burst is another one. */
function placeAll(callers: Callers, call: PlaceCall, count: number): string[] | undefined {
  const callRefs: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const ref = callers.place({ ...call, number: numberAfter(call.number, index) });
    if (ref === undefined) return undefined;
    callRefs.push(ref);
  }
  return callRefs;
}

function numberAfter(number: string, index: number): string {
  const digits = /\d+$/.exec(number)?.[0];
  if (!digits || index === 0) return number;
  const next = String(BigInt(digits) + BigInt(index)).padStart(digits.length, '0');
  return number.slice(0, -digits.length) + next;
}

function agentRoutes({ exchange }: ControlledParts): Route[] {
  const { agents } = exchange;
  return [
    route('POST /agents/*/pause', (extension, body) =>
      asked(pauseSchema, body, ({ reason }) => {
        const agent = agents.find(extension);
        if (agent) agents.setAvailability(agent, { ready: false, reason }, 'control');
        return doneIf(agent !== undefined);
      }),
    ),
    route('POST /agents/*/unpause', (extension) => {
      const agent = agents.find(extension);
      if (agent) agents.setAvailability(agent, { ready: true, reason: '' }, 'control');
      return doneIf(agent !== undefined);
    }),
    route('PUT /agents/*/queues', (extension, body) =>
      asked(queuesSchema, body, ({ queues }) => {
        const agent = agents.find(extension);
        const known = new Set(exchange.context.settings.queues.map(({ id }) => id));
        const strange = queues.find((id) => !known.has(id));
        if (strange !== undefined) return new Refusal(422, `no queue ${strange}`);
        if (agent) agents.setQueues(agent, queues);
        return doneIf(agent !== undefined);
      }),
    ),
    route('POST /agents/*/join', (extension, body) =>
      asked(joinSchema, body, ({ queue, penalty }) => {
        const agent = agents.find(extension);
        const isQueue = exchange.context.settings.queues.some(({ id }) => id === queue);
        if (!agent || !isQueue) return notFound;
        const queues = agent.queues.includes(queue) ? agent.queues : [...agent.queues, queue];
        agents.setQueues(agent, queues, new Map([...agent.penalties, [queue, penalty]]));
        return done;
      }),
    ),
    route('POST /agents/*/leave', (extension, body) =>
      asked(leaveSchema, body, ({ queue }) => {
        const agent = agents.find(extension);
        if (!agent?.queues.includes(queue)) return notFound;
        agents.setQueues(
          agent,
          agent.queues.filter((id) => id !== queue),
        );
        return done;
      }),
    ),
    route('POST /agents/*/hang-up', (extension) => {
      const agent = agents.find(extension);
      for (const leg of [...(agent?.legs ?? [])]) {
        const call = leg.isAnswered ? exchange.callOf(leg) : undefined;
        if (call) exchange.finish(call, 'pbx');
        else leg.hangUp();
      }
      return doneIf(agent !== undefined);
    }),
  ];
}

function listenerRoutes({ listening }: ControlledParts): Route[] {
  return [
    route('POST /listeners', (_name, body) =>
      asked(listenSchema, body, ({ supervisor, agent, mode }) => {
        const started = listening.start(supervisor, agent, mode);
        if (started instanceof Refusal) return started;
        const { id, isNew } = started;
        return { status: isNew ? 201 : 200, body: { id, callRef: `listen-${id}` } };
      }),
    ),
    route('PATCH /listeners/*', (id, body) =>
      asked(modeSchema, body, ({ mode }) => doneIf(listening.setMode(id, mode))),
    ),
    route('DELETE /listeners/*', (id) => doneIf(listening.end(id))),
  ];
}

/** What goes wrong in a PBX, on demand: for tests. */
function faultRoutes({ exchange }: ControlledParts): Route[] {
  return [
    route('POST /calls/*/forget', (ref, body) =>
      ofCall(exchange, ref, (call) =>
        asked(forgetSchema, body, ({ answers }) => {
          exchange.lose(call, answers);
          return done;
        }),
      ),
    ),
    route('POST /calls/*/reinvite', async (ref, body) =>
      ofCall(exchange, ref, (call) =>
        asked(reinviteSchema, body, ({ glare }) => {
          const leg = agentLegOf(call);
          if (!leg?.isAnswered) return new Refusal(409, 'nobody of the centre is in this call');
          if (glare) leg.prepareGlare();
          else leg.reinvite().catch(() => undefined);
          return done;
        }),
      ),
    ),
  ];
}

function ofCall(exchange: Exchange, ref: string, act: (call: Call) => Answer): Answer {
  const call = exchange.call(ref);
  return call ? act(call) : notFound;
}

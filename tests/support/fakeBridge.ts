import type { Bridge } from '#shared/contract/bridge.ts';
import type {
  EventName,
  EventOf,
  InputOf,
  MethodName,
  OutputOf,
} from '#shared/contract/contract.ts';
import type { Snapshot } from '#shared/contract/models/desk.ts';
import { type Failure, fail, ok, type Result } from '#shared/result.ts';

type Listener = Parameters<Bridge['listen']>[0];
type Answers = {
  [M in MethodName]?: (input: InputOf<M>) => OutputOf<M> | Result<OutputOf<M>>;
};

export interface FakeBridge extends Bridge {
  /** Every call in order, `desk.snapshot` and reads too. */
  asked: { name: MethodName; input: unknown }[];
  /** Sets or replaces the answer of one method. */
  answer<M extends MethodName>(name: M, give: NonNullable<Answers[M]>): void;
  refuse(name: MethodName, failure: Failure): void;
  emit<E extends EventName>(name: E, payload: EventOf<E>): void;
  connection(connected: boolean): void;
}

function isResult(value: unknown): value is Result<unknown> {
  return typeof value === 'object' && value !== null && 'ok' in value;
}

/** A desk without a desk: answers from a table and sends the events it is told to. For tests of the window. */
export function fakeBridge(snapshot: Snapshot, answers: Answers = {}): FakeBridge {
  const table = new Map<string, (input: never) => unknown>();
  for (const [name, give] of Object.entries(answers)) table.set(name, give as never);
  table.set('desk.snapshot', () => snapshot);
  const listeners = new Set<Listener>();
  const connections = new Set<(connected: boolean) => void>();
  const asked: FakeBridge['asked'] = [];
  return {
    shell: 'browser',
    asked,
    async invoke<M extends MethodName>(name: M, input: InputOf<M>) {
      asked.push({ name, input });
      const give = table.get(name);
      if (!give) return fail('unknown-method', name);
      const given = give(input as never);
      return (isResult(given) ? given : ok(given)) as Result<OutputOf<M>>;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onConnection(listener) {
      connections.add(listener);
      return () => connections.delete(listener);
    },
    answer: (name, give) => void table.set(name, give as never),
    refuse: (name, failure) => void table.set(name, () => ({ ok: false, error: failure })),
    emit(name, payload) {
      for (const listener of listeners) listener(name, payload);
    },
    connection(connected) {
      for (const listener of connections) listener(connected);
    },
  };
}

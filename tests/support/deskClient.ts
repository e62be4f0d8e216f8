import { WebSocket } from 'ws';
import type {
  EventName,
  EventOf,
  InputOf,
  MethodName,
  OutputOf,
} from '#shared/contract/contract.ts';
import type { Snapshot } from '#shared/contract/models/desk.ts';
import type { ToWindow } from '#shared/contract/wire.ts';
import type { Result } from '#shared/result.ts';

/** A window without a page: speaks the contract to a desk's process over its WebSocket. */
export interface DeskClient {
  invoke<M extends MethodName>(method: M, input: InputOf<M>): Promise<Result<OutputOf<M>>>;
  /** The same, where only success is expected. */
  do<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  snapshot(): Promise<Snapshot>;
  /** Once more where the server did not answer in time and the desk does not know the user. */
  signIn(login: string, password?: string): Promise<Result<OutputOf<'session.signIn'>>>;
  /** Payloads of an event since the client came, oldest first. */
  events<E extends EventName>(name: E): EventOf<E>[];
  close(): void;
}

/** `address`: the one-time address that the desk gave. */
export async function connectDesk(address: string): Promise<DeskClient> {
  const { origin, host } = new URL(address);
  const opened = await fetch(address, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`the address was refused: ${opened.status}`);
  const socket = new WebSocket(`ws://${host}/desk`, { headers: { cookie, origin } });
  const answers = new Map<number, PromiseWithResolvers<unknown>>();
  const heard: { name: string; payload: unknown }[] = [];
  let nextId = 1;
  socket.on('message', (data) => {
    const message: ToWindow = JSON.parse(data.toString());
    if (message.kind === 'event') heard.push(message);
    if (message.kind === 'result') answers.get(message.id)?.resolve(message.result);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });

  socket.on('close', () => {
    for (const answer of answers.values()) answer.reject(new Error('the desk went away'));
  });

  const invoke: DeskClient['invoke'] = async <M extends MethodName>(
    method: M,
    input: InputOf<M>,
  ) => {
    const id = nextId++;
    const answer = Promise.withResolvers<unknown>();
    answers.set(id, answer);
    socket.send(JSON.stringify({ kind: 'invoke', id, method, input }));
    const result = await answer.promise;
    answers.delete(id);
    return result as Result<OutputOf<M>>;
  };
  const must: DeskClient['do'] = async (method, input) => {
    const result = await invoke(method, input);
    if (!result.ok) throw new Error(`${method}: ${result.error.code} ${result.error.message}`);
    return result.value;
  };
  return {
    invoke,
    do: must,
    snapshot: () => must('desk.snapshot', {}),
    async signIn(login, password = 'practice') {
      const startAs = { state: 'break', reason: 'rest' } as const;
      for (;;) {
        const result = await invoke('session.signIn', {
          login,
          password,
          remember: false,
          startAs,
        });
        // A server that has just begun may take longer than a desk waits for it.
        if (result.ok || result.error.code !== 'offline-sign-in-unknown') return result;
      }
    },
    events: <E extends EventName>(name: E) =>
      heard.filter((one) => one.name === name).map((one) => one.payload as EventOf<E>),
    close: () => socket.close(),
  };
}

import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type RawData, WebSocket } from 'ws';

/** What a process holds when it has nothing to do, after a collection. */
export interface Holdings {
  /** Bytes. */
  heap: number;
  resident: number;
  timers: number;
  /** Of all event emitters there are. */
  listeners: number;
}

interface Answer {
  id?: number;
  result?: { result?: { value?: unknown; objectId?: string }; objects?: { objectId?: string } };
}

const countListeners = `function () {
  return this.reduce((sum, emitter) => {
    try {
      return sum + emitter.eventNames().reduce((own, name) => own + emitter.listenerCount(name), 0);
    } catch {
      return sum;
    }
  }, 0);
}`;
const collectAndTell = `(() => {
  gc();
  gc();
  const { heapUsed, rss } = process.memoryUsage();
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  return JSON.stringify({ heap: heapUsed, resident: rss, timers });
})()`;

/** Looks into a child process of Node that was started with `Inspector.execArgv` and an error stream to read. */
export class Inspector {
  static readonly execArgv = ['--inspect=127.0.0.1:0', '--expose-gc'];
  #socket: WebSocket;
  #lastId = 0;
  #asked = new Map<number, (answer: Answer) => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: RawData) => {
      const answer: Answer = JSON.parse(data.toString());
      if (answer.id === undefined) return;
      this.#asked.get(answer.id)?.(answer);
      this.#asked.delete(answer.id);
    });
  }

  static async of(child: ChildProcess): Promise<Inspector> {
    const { stderr } = child;
    if (!stderr) throw new Error('the error stream of the process is needed');
    const address = await new Promise<string>((resolve) => {
      createInterface({ input: stderr }).on('line', (line) => {
        const found = /^Debugger listening on (ws:\S+)/u.exec(line)?.[1];
        if (found) resolve(found);
      });
    });
    const socket = new WebSocket(address, { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new Inspector(socket);
  }

  async holdings(): Promise<Holdings> {
    const told = await this.#ask('Runtime.evaluate', { expression: collectAndTell });
    const prototype = await this.#ask('Runtime.evaluate', {
      expression: 'Object.getPrototypeOf(Object.getPrototypeOf(process))',
    });
    const found = await this.#ask('Runtime.queryObjects', {
      prototypeObjectId: prototype.result?.result?.objectId,
      objectGroup: 'emitters',
    });
    const counted = await this.#ask('Runtime.callFunctionOn', {
      objectId: found.result?.objects?.objectId,
      functionDeclaration: countListeners,
    });
    await this.#ask('Runtime.releaseObjectGroup', { objectGroup: 'emitters' });
    return {
      ...JSON.parse(String(told.result?.result?.value)),
      listeners: Number(counted.result?.result?.value),
    };
  }

  close(): void {
    this.#socket.terminate();
  }

  #ask(method: string, params: Record<string, unknown>): Promise<Answer> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => this.#asked.set(id, resolve));
  }
}

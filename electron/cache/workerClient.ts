import { Worker } from 'node:worker_threads';
import { DeskError } from '#shared/result.ts';
import type { Access } from './file/connection.ts';
import type { WorkerAnswer, WorkerTaskName, WorkerTasks } from './workerMessages.ts';

export interface WorkerClient {
  run<T extends WorkerTaskName>(
    task: T,
    input: WorkerTasks[T]['input'],
    /** Parts of the input that go over to the worker without being copied. */
    handedOver?: ArrayBuffer[],
  ): Promise<WorkerTasks[T]['output']>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** From source the entry is TypeScript; a bundle carries it beside itself as `cacheWorker.js`. */
function defaultWorkerUrl(): URL {
  const name = import.meta.url.endsWith('.ts') ? './cacheWorker.ts' : './cacheWorker.js';
  return new URL(name, import.meta.url);
}

/** Starts the worker with the first task: a desk that only reads and writes little never needs it. */
export function createWorkerClient(access: Access, workerUrl?: URL): WorkerClient {
  let worker: Worker | null = null;
  let closed = false;
  let lastId = 0;
  const waiting = new Map<number, Waiting>();

  function failAll(from: Worker, error: Error): void {
    if (worker !== from) return;
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function started(): Worker {
    if (worker) return worker;
    const next = new Worker(workerUrl ?? defaultWorkerUrl(), {
      workerData: access,
      // Pages of records pass through in seconds: a small nursery keeps them from piling up.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    next.on('message', settle);
    next.on('error', (error: Error) => failAll(next, error));
    next.on('exit', (code) => failAll(next, new Error(`the cache's worker ended with ${code}`)));
    next.unref();
    worker = next;
    return next;
  }

  function settle(answer: WorkerAnswer): void {
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker?.unref();
    if (answer.ok) one?.resolve(answer.value);
    else one?.reject(errorOf(answer.error));
  }

  function run<T extends WorkerTaskName>(
    task: T,
    input: WorkerTasks[T]['input'],
    handedOver: ArrayBuffer[] = [],
  ): Promise<WorkerTasks[T]['output']> {
    if (closed) return Promise.reject(new Error('the cache is closed'));
    return new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      const to = started();
      to.ref();
      to.postMessage({ id: lastId, task, input }, handedOver);
    });
  }

  return {
    run,
    async close() {
      if (worker) await run('close', null).catch(() => undefined);
      closed = true;
      await worker?.terminate();
    },
  };
}

function errorOf(error: Extract<WorkerAnswer, { ok: false }>['error']): Error {
  return typeof error === 'string' ? new Error(error) : new DeskError(error.code, error.message);
}

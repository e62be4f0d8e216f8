import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { v7 as uuidv7 } from 'uuid';
import { customerFields, operationOf } from './callOperations.ts';
import { signInHouse } from './desksOfHouse.ts';
import type { FanoutAnswer, FanoutTask } from './fanoutDesks.ts';
import { type Bench, limitFigure, percentile, plainFigure, ratioFigure } from './figure.ts';
import { sharedNowMs } from './monotonic.ts';
import { type PushingDesk, pushBody, signInDesk } from './pushingDesks.ts';
import { startSiteServer } from './siteServer.ts';

const deskCount = Number(process.env.SWITCHBOARD_BENCH_DESKS ?? 500);
const changes = Number(process.env.SWITCHBOARD_BENCH_CHANGES ?? 100);
const warmUp = 10;
const mostRatio = 2;
const withinMs = 1_000;
const quietMs = 1_000;
const news = JSON.stringify({ type: 'news' });

/**
 * A change on one of many connected desks → every desk knows of it: from the moment it is pushed until the last live
 * socket has the news; and until the last desk has fetched the change. Baseline: a bare `ws` server that sends the
 * same message to as many sockets, from its first send on. Desks are sockets and connections in a second process.
 */
export const bench: Bench = async () => {
  const server = await startSiteServer();
  if (!server) return [];
  const house = await signInHouse(server.databaseUrl, deskCount);
  const bare = start('./bareBroadcast.ts');
  const [{ url: bareUrl }] = await once(bare, 'message');
  const desks = start('./fanoutDesks.ts');
  await ask(desks, { type: 'connect', serverUrl: server.url, bareUrl, desks: house });
  const author = await signInDesk(server.url, 0);

  const ours: number[] = [];
  const answered: number[] = [];
  const pulled: number[] = [];
  const plain: number[] = [];
  for (let change = 0; change < warmUp + changes; change += 1) {
    await quiet();
    const bareMs = await untilAllHeardBare(bare, desks);
    const told = await untilAllKnow(desks, author, false);
    await quiet();
    const fetched = await untilAllKnow(desks, author, true);
    if (change < warmUp) continue;
    plain.push(bareMs);
    ours.push(told.allMs);
    answered.push(told.answeredMs);
    pulled.push(fetched.allMs);
  }
  for (const child of [bare, desks]) child.disconnect();
  author.close();
  await server.stop();
  const name = `fanout to ${deskCount} desks`;
  return [0.5, 0.99].flatMap((p) => {
    const of = (times: number[]) => percentile(times, p);
    const at = `p${p * 100}`;
    return [
      ratioFigure(`${name}, ${at}`, 'ms', of(ours), of(plain), mostRatio, changes),
      plainFigure(`${name}, of it until the push is answered, ${at}`, 'ms', of(answered), changes),
      limitFigure(`${name}, fetched, ${at}`, 'ms', of(pulled), withinMs, changes),
    ];
  });
};

/** Changes that come close together are gathered: each of these comes into a quiet house. */
function quiet(): Promise<void> {
  return setTimeout(quietMs);
}

function start(module: string): ChildProcess {
  return fork(fileURLToPath(new URL(module, import.meta.url)));
}

async function ask(desks: ChildProcess, task: FanoutTask): Promise<FanoutAnswer> {
  desks.send(task);
  const [answer] = await once(desks, 'message');
  return answer;
}

async function untilAllKnow(desks: ChildProcess, author: PushingDesk, pull: boolean) {
  await ask(desks, { type: 'news', pull });
  const operation = operationOf(
    { ...author, customerIds: [] },
    Date.now(),
    'customer',
    uuidv7(),
    customerFields(1),
  );
  const body = pushBody(author.deviceId, [operation]);
  const done = once(desks, 'message');
  const from = sharedNowMs();
  const answered = author.push(body).then(() => sharedNowMs());
  const [{ times }] = await done;
  return { allMs: Math.max(...times) - from, answeredMs: (await answered) - from };
}

async function untilAllHeardBare(bare: ChildProcess, desks: ChildProcess): Promise<number> {
  await ask(desks, { type: 'bare' });
  const [done, sent] = [once(desks, 'message'), once(bare, 'message')];
  bare.send(news);
  const [[{ times }], [{ at }]] = await Promise.all([done, sent]);
  return Math.max(...times) - at;
}

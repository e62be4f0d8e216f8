import { Agent } from 'node:http';
import { WebSocket } from 'ws';
import type { PullResponse } from '#shared/sync/messages.ts';
import type { HouseDesk } from './desksOfHouse.ts';
import { sharedNowMs } from './monotonic.ts';
import { post } from './pushingDesks.ts';

/** What the desks of the house are told to wait for: the next news, and with `pull` until they have fetched it. */
export type FanoutTask =
  | { type: 'connect'; serverUrl: string; bareUrl: string; desks: HouseDesk[] }
  | { type: 'bare' }
  | { type: 'news'; pull: boolean };

/** `times`: when each desk had it, see monotonic.ts. */
export type FanoutAnswer = { type: 'ready' } | { type: 'done'; times: number[] };

interface Desk extends HouseDesk {
  cursor: string | null;
  lineage: string | null;
  agent: Agent;
}

/** The desks of `fanout`, in a process of their own. */
let serverUrl = '';
let desks: Desk[] = [];
let task: 'bare' | 'news' | 'pull' | null = null;
let times: number[] = [];
const pulling: Promise<void>[] = [];

process.on('message', (asked: FanoutTask) => {
  if (asked.type === 'connect') {
    connect(asked).then(() => tell({ type: 'ready' }));
    return;
  }
  task = asked.type === 'bare' ? 'bare' : asked.pull ? 'pull' : 'news';
  times = [];
  tell({ type: 'ready' });
});
process.once('disconnect', () => process.exit(0));

async function connect({
  serverUrl: url,
  bareUrl,
  desks: house,
}: FanoutTask & { type: 'connect' }) {
  serverUrl = url;
  desks = house.map((desk) => ({
    ...desk,
    cursor: null,
    lineage: null,
    agent: new Agent({ keepAlive: true, maxSockets: 1 }),
  }));
  for (const desk of desks) await pull(desk);
  await Promise.all(desks.map(listen));
  await Promise.all(desks.map(() => listenBare(bareUrl)));
}

function listen(desk: Desk): Promise<void> {
  const socket = new WebSocket(`${serverUrl.replace('http', 'ws')}/api/sync/live`);
  socket.on('open', () =>
    socket.send(JSON.stringify({ type: 'hello', token: desk.token, deviceId: desk.deviceId })),
  );
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`a live socket was closed: ${code}`)));
    socket.on('message', (data) => {
      const { type } = JSON.parse(String(data));
      if (type === 'welcome') resolve();
      if (type !== 'news') return;
      if (task === 'news') know();
      if (task === 'pull') pulling.push(pull(desk).then(know));
    });
  });
}

function listenBare(url: string): Promise<void> {
  const socket = new WebSocket(url);
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => resolve());
    socket.on('message', (data) => {
      if (JSON.parse(String(data)).type === 'news' && task === 'bare') know();
    });
  });
}

function know(): void {
  times.push(sharedNowMs());
  if (times.length !== desks.length) return;
  task = null;
  tell({ type: 'done', times });
}

async function pull(desk: Desk): Promise<void> {
  for (;;) {
    const body = {
      deviceId: desk.deviceId,
      cursor: desk.cursor,
      lineage: desk.lineage,
      limit: 2000,
    };
    const url = `${serverUrl}/api/sync/pull`;
    const page = await post<PullResponse>(desk.agent, url, desk.token, JSON.stringify(body));
    desk.cursor = page.cursor;
    desk.lineage = page.lineage ?? null;
    if (!page.more) return;
  }
}

function tell(answer: FanoutAnswer): void {
  process.send?.(answer);
}

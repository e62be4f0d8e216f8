import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAsteriskConnector } from '#server/pbx/asterisk/asteriskConnector.ts';
import type { PbxConnector } from '#server/pbx/connector.ts';
import type { PlayerTold, PlayTask } from './amiPlayer.ts';
import { eventsPerCall, happeningsPerCall } from './amiStream.ts';
import { type Bench, limitFigure, percentile } from './figure.ts';
import { sharedNowMs } from './monotonic.ts';

const wantedPerSecond = 10_000;
const seconds = Number(process.env.SWITCHBOARD_BENCH_SECONDS ?? 10);
const rounds = Number(process.env.SWITCHBOARD_BENCH_ROUNDS ?? 5);
/** At a steady 10,000 a second the last event of the stream is told so soon after it was written. */
const mostLagMs = 100;
const callsOf = (events: number) => Math.ceil(events / eventsPerCall);

/**
 * The Asterisk connector on a real socket, with a stream as Asterisk writes it (50 events a call, 500 calls at a
 * time) from a process of its own: 10,000 events a second for ten seconds, then as fast as it takes them. Baseline: a
 * reader on the same socket that cuts the same stream into lines and does nothing else.
 */
export const bench: Bench = async () => {
  const player = fork(fileURLToPath(new URL('./amiPlayer.ts', import.meta.url)));
  const [ready] = (await once(player, 'message')) as [PlayerTold];
  if (ready.type !== 'ready') throw new Error('the player did not start');
  const connector = await connected(ready.port);
  const steady = callsOf(wantedPerSecond * seconds);
  const { lost, lagMs, tookMs } = await heard(connector, player, {
    calls: steady,
    perSecond: wantedPerSecond,
  });
  const fast = { calls: callsOf(wantedPerSecond * 5), perSecond: null };
  const ours: number[] = [];
  let lostFast = 0;
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const one = await heard(connector, player, fast);
    lostFast += one.lost;
    if (round > 0) ours.push((fast.calls * eventsPerCall * 1_000) / one.tookMs);
  }
  await connector.stop();
  const plain: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const plainMs = await linesRead(ready.port, player, fast);
    if (round > 0) plain.push((fast.calls * eventsPerCall * 1_000) / plainMs);
  }
  player.disconnect();
  const [value, baseline] = [percentile(ours, 0.5), percentile(plain, 0.5)];
  const events = steady * eventsPerCall;
  return [
    limitFigure(
      'connector: what is not told at 10,000 events/s',
      'events',
      lost + lostFast,
      0,
      events,
    ),
    limitFigure('connector: last event told after it was written', 'ms', lagMs, mostLagMs, events),
    rateFigure(
      'connector: digested when steady',
      (events * 1_000) / tookMs,
      null,
      0.95 * wantedPerSecond,
      events,
    ),
    rateFigure(
      'connector: digested at most',
      value,
      baseline,
      wantedPerSecond,
      rounds * fast.calls * eventsPerCall,
    ),
  ];
};

function rateFigure(
  name: string,
  value: number,
  baseline: number | null,
  least: number,
  n: number,
) {
  const ratio = baseline === null ? null : value / baseline;
  const goal = `≥ ${least} events/s`;
  return { name, unit: 'events/s', value, baseline, ratio, goal, ok: value >= least, n };
}

async function connected(port: number): Promise<PbxConnector> {
  const account = { host: '127.0.0.1', port, user: 'switchboard', secret: 'none', tls: false };
  const connector = createAsteriskConnector(account, { now: Date.now, log: () => {} });
  const up = new Promise<void>((resolve) => {
    const stop = connector.heard((event) => {
      if (event.type !== 'connection' || event.status.state !== 'connected') return;
      stop();
      resolve();
    });
  });
  connector.start();
  await up;
  return connector;
}

interface Heard {
  /** Of the four that are told of each call. */
  lost: number;
  /** Of the last event of the stream. */
  lagMs: number;
  tookMs: number;
}

/** Plays the stream to the connector, and counts what it tells. */
async function heard(
  connector: PbxConnector,
  player: ChildProcess,
  task: PlayTask,
): Promise<Heard> {
  let told = 0;
  const over = new Promise<{ at: number; lagMs: number }>((resolve) => {
    const stop = connector.heard((event) => {
      if (event.type !== 'happened') return;
      told += 1;
      if (event.event.name !== 'queue.entered' || event.event.queueId !== 'over') return;
      stop();
      const at = sharedNowMs();
      resolve({ at, lagMs: at - Number(event.event.caller) / 1_000 });
    });
  });
  const began = await play(player, task);
  const { at, lagMs } = await over;
  return { lost: task.calls * happeningsPerCall + 1 - told, lagMs, tookMs: at - began };
}

/** Cuts the same stream into lines. */
async function linesRead(port: number, player: ChildProcess, task: PlayTask): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'data');
  let rest = '';
  const over = new Promise<number>((resolve) => {
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\r\n');
      rest = lines.pop() ?? '';
      if (lines.includes('Queue: over')) resolve(sharedNowMs());
    });
  });
  const began = await play(player, task);
  const at = await over;
  socket.destroy();
  await once(socket, 'close');
  return at - began;
}

/** Resolves with when it began. */
async function play(player: ChildProcess, task: PlayTask): Promise<number> {
  player.send(task);
  const [told] = (await once(player, 'message')) as [PlayerTold];
  return told.type === 'began' ? told.at : Number.NaN;
}

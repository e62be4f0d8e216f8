import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../core/providers.ts';
import { type LiveHandlers, openLiveSocket } from './liveSocket.ts';

let server: WebSocketServer;
let serverUrl: string;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

/** A clock whose timers go off when the test says so. */
function handClock(): Clock & { goOff(ms: number): void } {
  const timers = new Set<{ ms: number; callback: () => void }>();
  return {
    now: () => 0,
    after(ms, callback) {
      const timer = { ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    goOff(ms) {
      for (const timer of [...timers].filter((one) => one.ms === ms)) {
        timers.delete(timer);
        timer.callback();
      }
    },
  };
}

/** Handlers that queue what they were told, to be awaited in turn. */
function told(): { handlers: LiveHandlers; next(): Promise<string> } {
  const unread: string[] = [];
  let waiting: ((word: string) => void) | null = null;
  const hear = (word: string) => () => {
    if (!waiting) return void unread.push(word);
    waiting(word);
    waiting = null;
  };
  return {
    handlers: {
      welcome: hear('welcome'),
      news: hear('news'),
      pbx: (message) => hear(`pbx ${JSON.stringify(message)}`)(),
      board: (message) => hear(`${message.type} ${message.number}`)(),
      signedOut: hear('signedOut'),
      closed: hear('closed'),
    },
    next: () =>
      new Promise((resolve) => {
        const word = unread.shift();
        if (word === undefined) waiting = resolve;
        else resolve(word);
      }),
  };
}

const accepted = () =>
  new Promise<WebSocket>((resolve) => server.once('connection', (socket) => resolve(socket)));

function once(socket: WebSocket, event: 'message' | 'ping' | 'close'): Promise<string> {
  return new Promise((resolve) => socket.once(event, (data) => resolve(String(data))));
}

const hello = { token: 'a-token-of-twenty-letters', deviceId: 'desk00001' };

async function connected(clock: Clock) {
  const { handlers, next } = told();
  const socket = accepted();
  const live = openLiveSocket({ serverUrl, ...hello }, clock, handlers);
  const peer = await socket;
  expect(JSON.parse(await once(peer, 'message'))).toEqual({ type: 'hello', ...hello });
  peer.send(JSON.stringify({ type: 'welcome', serverTime: 1 }));
  expect(await next()).toBe('welcome');
  return { live, peer, next };
}

test('says hello, and tells of welcome, news and the end of the session', async () => {
  const { peer, next } = await connected(handClock());
  peer.send('what is this');
  peer.send(JSON.stringify({ type: 'news' }));
  expect(await next()).toBe('news');
  peer.send(JSON.stringify({ type: 'signedOut' }));
  expect(await next()).toBe('signedOut');
});

test('the close code of an ended session is understood without its message', async () => {
  const { peer, next } = await connected(handClock());
  peer.close(4401);
  expect(await next()).toBe('signedOut');
});

test('a peer that answers the ping stays, one that does not is given up', async () => {
  const clock = handClock();
  const { peer, next } = await connected(clock);
  const firstPing = once(peer, 'ping');
  clock.goOff(15_000);
  await firstPing;
  peer.pong();
  peer.send(JSON.stringify({ type: 'news' }));
  expect(await next()).toBe('news');

  const secondPing = once(peer, 'ping');
  clock.goOff(15_000);
  await secondPing;
  clock.goOff(8000);
  expect(await next()).toBe('closed');
});

test('asked for a sign of life, it does not wait for the next beat', async () => {
  const { live, peer } = await connected(handClock());
  const ping = once(peer, 'ping');
  live.check();
  await ping;
});

test('a socket that was closed here tells nothing more', async () => {
  const { live, peer, next } = await connected(handClock());
  const gone = once(peer, 'close');
  live.close();
  await gone;
  expect(await Promise.race([next(), Promise.resolve('silence')])).toBe('silence');
});

test('a server that is not there is a closed socket', async () => {
  server.close();
  const { handlers, next } = told();
  openLiveSocket({ serverUrl: 'http://127.0.0.1:9', ...hello }, handClock(), handlers);
  expect(await next()).toBe('closed');
});

import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import type { Caller } from '../accounts/accounts.ts';
import { handleError } from './errors.ts';
import { limitPatience, maxAtOnce, patience } from './patience.ts';

let app: FastifyInstance;
let nowMs = 1_000_000;
let release = () => {};

function build(): FastifyInstance {
  app = Fastify();
  app.setErrorHandler(handleError);
  app.decorateRequest('caller', null);
  limitPatience(app, () => nowMs);
  const signIn = async (request: FastifyRequest) => {
    const { from } = request.headers;
    if (from) request.caller = { tokenHash: from } as Caller;
  };
  app.post('/parse', { onRequest: signIn }, async () => 'read');
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  app.get('/wait', { onRequest: signIn }, async () => {
    await released;
    return 'done';
  });
  return app;
}

afterEach(() => app.close());

const post = (from: string, payload: string) =>
  app.inject({
    method: 'POST',
    url: '/parse',
    headers: { from, 'content-type': 'application/json' },
    payload,
  });

test('who sends nothing but garbage is turned away, until some time has passed; others are not', async () => {
  build();
  const statuses: number[] = [];
  for (let n = 0; n < patience.most + 3; n += 1) statuses.push((await post('a', '{')).statusCode);
  expect(statuses.filter((status) => status === 400)).toHaveLength(patience.most);
  expect(statuses.slice(-3)).toEqual([429, 429, 429]);
  const turnedAway = await post('a', '{}');
  expect(turnedAway.statusCode).toBe(429);
  expect(turnedAway.json()).toMatchObject({ code: 'too-many-requests' });
  expect(Number(turnedAway.headers['retry-after'])).toBeGreaterThan(0);
  expect((await post('b', '{}')).statusCode).toBe(200);
  nowMs += patience.everyMs;
  expect((await post('a', '{}')).statusCode).toBe(200);
});

test('nobody has more requests under way than some; others are served meanwhile', async () => {
  build();
  const get = async (from: string) => {
    const answer = await app.inject({ method: 'GET', url: '/wait', headers: { from } });
    return answer;
  };
  const waiting = Array.from({ length: maxAtOnce }, () => get('a'));
  // They are looked at in their order, so the first ones are inside by now.
  expect((await get('a')).statusCode).toBe(429);
  expect((await post('b', '{}')).statusCode).toBe(200);
  release();
  for (const answer of await Promise.all(waiting)) expect(answer.statusCode).toBe(200);
  expect((await get('a')).statusCode).toBe(200);
});

import { expect, test } from 'vitest';
import type { HttpAnswer, HttpRequest } from './http.ts';
import { repeating } from './repeating.ts';

const cut: HttpAnswer = { kind: 'unreachable', message: 'cut', retryAfterMs: null };
const busy: HttpAnswer = { kind: 'unreachable', message: 'busy', retryAfterMs: 1_000 };
const made: HttpAnswer = { kind: 'ok', body: {} };
const refused: HttpAnswer = {
  kind: 'problem',
  problem: { type: 'about:blank', title: 'Conflict', status: 409, code: 'login-taken' },
  retryAfterMs: null,
};

const making: HttpRequest = {
  ...{ method: 'POST', path: '/api/users', body: { login: 'anna' } },
  ...{ once: true, timeoutMs: 60_000 },
};

/** A server that answers so, one after the other; which key each request came with. */
function line(...answers: HttpAnswer[]) {
  const keys: (string | undefined)[] = [];
  let nowMs = 0;
  const ask = repeating(
    async ({ idempotencyKey }) => {
      keys.push(idempotencyKey);
      return answers.shift() ?? made;
    },
    () => nowMs,
  );
  return {
    keys,
    ask,
    later(ms: number) {
      nowMs += ms;
    },
  };
}

test('what was cut off is sent once more under its key', async () => {
  const { ask, keys } = line(cut);
  expect(await ask(making)).toEqual(made);
  expect(keys).toEqual([expect.any(String), keys[0]]);
});

test('the same wish soon after goes under the same key, until it was answered', async () => {
  const { ask, keys, later } = line(cut, cut);
  expect(await ask(making)).toEqual(cut);
  later(600_000);
  expect(await ask({ ...making, body: { login: 'bert' } })).toEqual(made);
  expect(await ask(making)).toEqual(made);
  expect(await ask(making)).toEqual(made);
  const [first, , other, again, fresh] = keys;
  expect(again).toBe(first);
  expect(new Set([first, other, fresh]).size).toBe(3);
});

test('much later it is another wish', async () => {
  const { ask, keys, later } = line(cut, cut);
  await ask(making);
  later(600_001);
  await ask(making);
  expect(keys[2]).not.toBe(keys[0]);
});

test('a server that asks for patience is not asked at once, and a refusal is an answer', async () => {
  const { ask, keys } = line(busy, refused);
  expect(await ask(making)).toEqual(busy);
  expect(await ask(making)).toEqual(refused);
  expect(await ask(making)).toEqual(made);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

test('what makes nothing has no key and is sent once', async () => {
  const { ask, keys } = line(cut);
  expect(await ask({ ...making, once: false })).toEqual(cut);
  expect(keys).toEqual([undefined]);
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FromDesk, HostileDesk } from './hostileDesk.ts';
import { bytesOf, type HostileMessage } from './messages/message.ts';
import { rfc4475Invalid } from './messages/rfc4475Invalid.ts';
import { rfc4475Meaning } from './messages/rfc4475Meaning.ts';
import { rfc4475Valid } from './messages/rfc4475Valid.ts';
import { rfc5118 } from './messages/rfc5118.ts';

/**
 * The torture tests of SIP (RFC 4475) and those of its IPv6 addresses (RFC 5118), sent by the PBX to the desk's phone:
 * once as they stand in the RFC and once addressed to the desk.
 */
let desk: HostileDesk;
const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);

// A desk of its own for each: messages of one RFC share branches, and with them transactions.
beforeEach(async () => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  desk = await HostileDesk.start();
});

afterEach(async () => {
  await desk.stop();
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
});

interface Heard {
  finals: FromDesk[];
  offers: number;
}

/** Sends the message; what the desk did by the time it answers a request that came after. */
async function send(bytes: Buffer): Promise<Heard> {
  const finals: FromDesk[] = [];
  const stop = desk.listen((message) => {
    if (message.header('Call-ID').startsWith('probe-')) return;
    if (message.status !== null && message.status >= 200) finals.push(message);
  });
  const from = desk.phone.events.length;
  desk.send(bytes);
  await desk.isAlive();
  stop();
  const offers = desk.phone.events.slice(from).filter(({ type }) => type === 'offered').length;
  return { finals, offers };
}

async function endCalls(): Promise<void> {
  for (const { leg } of desk.phone.phone.legs()) await desk.phone.phone.reject(leg, 'decline');
  await desk.isAlive();
}

async function isUnharmed(): Promise<void> {
  await endCalls();
  expect(desk.phone.phone.legs()).toEqual([]);
  expect(desk.phone.phone.status().state).toBe('registered');
  expect(unhandled).toEqual([]);
}

async function reactsAsSaid(message: HostileMessage): Promise<void> {
  const { finals, offers } = await send(bytesOf(message, desk.contact));
  const statuses = finals.map(({ status }) => status);
  if (message.desk === 'rings') expect({ offers, statuses }).toEqual({ offers: 1, statuses: [] });
  else if (message.desk === 'silence')
    expect({ offers, statuses }).toEqual({ offers: 0, statuses: [] });
  else expect({ offers, statuses }).toEqual({ offers: 0, statuses: [message.desk] });
  for (const answer of finals) expect(answer.text).toMatch(/^Content-Length: *0\r$/imu);
  await isUnharmed();
}

describe.each([
  ['RFC 4475, valid', rfc4475Valid],
  ['RFC 4475, invalid', rfc4475Invalid],
  ['RFC 4475, meaning', rfc4475Meaning],
  ['RFC 5118', rfc5118],
])('%s', (_suite, messages) => {
  it.each(messages)('$section $name is answered: $desk', reactsAsSaid);

  it.each(messages)('$section $name, for somebody else, does no harm', async (message) => {
    const { offers } = await send(bytesOf(message));
    expect(offers).toBe(0);
    await isUnharmed();
  });
});

describe('what an answer says beside its status', () => {
  const answerTo = async (name: string): Promise<string> => {
    const message = [...rfc4475Valid, ...rfc4475Meaning].find((one) => one.name === name);
    const { finals } = await send(bytesOf(message ?? expect.fail(), desk.contact));
    return finals[0]?.text ?? '';
  };

  it.each([
    ['intmeth', /^Allow: .*INVITE/mu],
    ['bext01', /^Unsupported: nothingSupportsThis, nothingSupportsThisEither\r$/mu],
    ['invut', /^Accept: application\/sdp\r$/mu],
    ['badbranch', /^Via: SIP\/2\.0\/UDP 192\.0\.2\.1;branch=z9hG4bK\r$/mu],
    ['zeromf', /^To: sip:user@example\.com;tag=[^\s;]+\r$/mu],
  ])('%s', async (name, said) => {
    expect(await answerTo(name)).toMatch(said);
  });

  it('holds the Vias of the request, word for word, where the first has no branch', async () => {
    const message = rfc4475Valid.find(({ name }) => name === 'longreq') ?? expect.fail();
    const ringing = desk.next(({ status }) => status === 180);
    desk.send(bytesOf(message, desk.contact));
    const vias = [...(await ringing).text.matchAll(/^Via: *(.*)\r$/gmu)].map(([, via]) => via);
    expect(vias).toHaveLength(34);
    expect(vias[0]).toBe('SIP/2.0/TCP sip33.example.com');
    await isUnharmed();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '#server/practice/random.ts';
import { HostileDesk } from './hostileDesk.ts';
import { strangeNames } from './names.ts';
import { nameOf, Templates } from './templates.ts';

let desk: HostileDesk;
let calls = 0;

beforeAll(async () => {
  desk = await HostileDesk.start();
});

afterAll(() => desk.stop());

describe('a caller who sends as name', () => {
  it.each(strangeNames)('$about rings with harmless text', async ({ sent, shown }) => {
    desk.forget();
    calls += 1;
    const { bytes } = new Templates(desk.contact, seededRandom(1)).invite(calls);
    const quoted = sent.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
    desk.send(bytes.toString().replace('"Wang"', () => `"${quoted}"`));
    const leg = await desk.phone.offered();
    expect(leg).toMatchObject({ callRef: nameOf(calls), number: '4001', name: shown || null });
    await desk.phone.phone.reject(leg.leg, 'decline');
    await desk.isAlive();
  });
});

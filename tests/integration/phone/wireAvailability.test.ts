import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SipText } from '#tests/support/scriptedPbx.ts';
import { done, WirePhone } from '#tests/support/wirePhone.ts';

/** A PBX that does not take what the desk tells its queues. */
let wire: WirePhone;

beforeEach(async () => {
  wire = await WirePhone.registered();
});

afterEach(() => wire.close());

const ready = { ready: true } as const;
const lunch = { ready: false, reason: 'lunch' } as const;

function bodyOf({ text }: SipText): string {
  return text.split('\r\n\r\n')[1] ?? '';
}

describe('availability that the PBX does not take', () => {
  it.each(['403 Forbidden', '480 Temporarily Unavailable', '500 Internal Error', '503 Busy'])(
    'is told again after %s',
    async (status) => {
      const told = wire.desk.phone.setAvailability(ready);
      wire.pbx.answer(await wire.pbx.next('MESSAGE'), status);
      expect(await told).toMatchObject({ ok: false });
      await wire.pass(1_000);
      const again = await wire.pbx.next('MESSAGE');
      expect(bodyOf(again)).toBe('ready');
      wire.pbx.answer(again, '200 OK');
      await wire.pass(120_000);
      expect(wire.pbx.count('MESSAGE')).toBe(2);
    },
  );

  it('is told ever more seldom, and at least once a minute', async () => {
    void wire.desk.phone.setAvailability(ready);
    for (const waitMs of [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      wire.pbx.answer(await wire.pbx.next('MESSAGE'), '503 Busy');
      await wire.pbx.settled();
      await wire.pass(waitMs, waitMs);
    }
    expect(wire.pbx.count('MESSAGE')).toBe(9);
  });

  it('is not told again once the agent wishes something else', async () => {
    const told = wire.desk.phone.setAvailability(ready);
    wire.pbx.answer(await wire.pbx.next('MESSAGE'), '503 Busy');
    await told;
    const changed = wire.desk.phone.setAvailability(lunch);
    const other = await wire.pbx.next('MESSAGE');
    expect(bodyOf(other)).toBe('paused;reason=lunch');
    wire.pbx.answer(other, '200 OK');
    expect(await changed).toEqual(done);
    await wire.pass(120_000);
    expect(wire.pbx.count('MESSAGE')).toBe(2);
  });

  it('is not told again where the answer to an earlier wish comes last', async () => {
    void wire.desk.phone.setAvailability(ready);
    const first = await wire.pbx.next('MESSAGE');
    const changed = wire.desk.phone.setAvailability(lunch);
    wire.pbx.answer(await wire.pbx.next('MESSAGE'), '200 OK');
    expect(await changed).toEqual(done);
    wire.pbx.answer(first, '503 Busy');
    await wire.pass(120_000);
    expect(wire.pbx.count('MESSAGE')).toBe(2);
  });

  it('is told once more after the next registration where the socket went before the answer', async () => {
    const told = wire.desk.phone.setAvailability(ready);
    await wire.pbx.next('MESSAGE');
    wire.pbx.cut();
    expect(await told).toMatchObject({ ok: false, error: { code: 'phone-unreachable' } });
    const again = await wire.whilePassing(wire.pbx.next('MESSAGE'));
    expect(bodyOf(again)).toBe('ready');
    wire.pbx.answer(again, '200 OK');
  });
});

describe('a registrar that has forgotten the desk while its socket stood', () => {
  it('is told again what the queues are to know', async () => {
    const told = wire.desk.phone.setAvailability(ready);
    wire.pbx.answer(await wire.pbx.next('MESSAGE'), '200 OK');
    expect(await told).toEqual(done);
    wire.pbx.bound = '';
    const again = await wire.whilePassing(wire.pbx.next('MESSAGE'));
    expect(bodyOf(again)).toBe('ready');
    wire.pbx.answer(again, '200 OK');
    await wire.pass(120_000);
    expect(wire.pbx.count('MESSAGE')).toBe(2);
  });
});

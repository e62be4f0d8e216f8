import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DeskError } from '#shared/result.ts';
import { startShift, type TestShift } from '#tests/support/deskShift.ts';

/** A call that the desk cannot handle as it should: it rings with less, or it goes on to the next agent. */
let desk: TestShift;
beforeEach(async () => {
  desk = await startShift();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await desk.stop();
});

function damaged(): never {
  throw new DeskError('cache-corrupt', 'scripted');
}

describe('an offered call', () => {
  test.each(['soleOwner', 'candidates', 'card', 'colleagues', 'record'] as const)(
    'rings without a card where the cache cannot read %s, and can be answered',
    async (read) => {
      vi.spyOn(desk.cache, read).mockImplementation(damaged);
      desk.phone.offer();
      const { id } = desk.call();
      expect(desk.call()).toMatchObject({ state: 'ringing' });
      expect(desk.state()).toBe('ringing');
      await desk.ask['calls.answer']({ callId: id });
      expect(desk.call()).toMatchObject({ state: 'talking' });
    },
  );

  test('rings where the disk takes nothing, and can be answered', async () => {
    vi.spyOn(desk.cache, 'change').mockImplementation(() => {
      throw new DeskError('disk-full', 'scripted');
    });
    desk.phone.offer();
    expect(desk.phone.asked.filter((asked) => asked.startsWith('reject'))).toEqual([]);
    await desk.ask['calls.answer']({ callId: desk.call().id });
    expect(desk.call()).toMatchObject({ state: 'talking' });
  });

  test('that nobody would see is turned away, so that the PBX asks the next agent', () => {
    vi.spyOn(desk.shift.agent, 'foresee').mockImplementationOnce(() => {
      throw new Error('scripted');
    });
    desk.phone.offer({ leg: 'unseen' });
    expect(desk.phone.asked).toContain('reject unseen busy');
    expect(desk.calls()).toEqual([]);
    desk.phone.offer({ leg: 'next' });
    expect(desk.calls()).toHaveLength(1);
  });
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Cache } from '#electron/cache/cache.ts';
import { DeskError } from '#shared/result.ts';
import { customerId, startShift, type TestShift } from '#tests/support/deskShift.ts';

/** What happened cannot be refused: calls and states go on where the disk takes nothing, and are written once it does. */
const writes = ['change', 'putDraft', 'removeDraft'] as const;
let desk: TestShift;
let hasEnded = false;
afterEach(async () => {
  vi.restoreAllMocks();
  if (!hasEnded) await desk.stop();
  hasEnded = false;
});

function fill(cache: Cache): void {
  for (const write of writes) {
    vi.spyOn(cache, write).mockImplementation(() => {
      throw new DeskError('disk-full', 'scripted');
    });
  }
}

/** The desk looks by itself whether the disk takes something again. */
function makeRoom(): void {
  vi.restoreAllMocks();
  desk.clock.advance(10_000);
}

const told = () => desk.notices().map(({ failure }) => failure.code);

describe('on a full disk', () => {
  test('a call rings, is talked and wrapped up; the agent is told, and all is written later', async () => {
    desk = await startShift();
    fill(desk.cache);
    const leg = desk.phone.offer({ number: '13800138000' });
    const { id } = desk.call();
    await desk.ask['calls.answer']({ callId: id });
    expect(desk.state()).toBe('onCall');
    desk.phone.end(leg);
    expect(desk.state()).toBe('wrapUp');
    expect(desk.call()).toMatchObject({ state: 'ended', wrapUp: 'due' });
    expect(told()).toEqual(['disk-full']);

    makeRoom();
    expect(told()).toEqual([]);
    expect(desk.cache.record('call', id)).toMatchObject({ result: 'answered', customerId });
    expect(desk.cache.record('contact', id)).toMatchObject({ kind: 'call', customerId });
    const draft = {
      ...{ dispositionId: 'inquiry.product.price', result: 'resolved' as const, notes: '' },
      ...{ followUpAt: null, tags: [], ticketIds: [], customerId: null },
    };
    await desk.ask['wrapUps.finish']({ callId: id, draft, rest: { state: 'ready' } });
    expect(desk.state()).toBe('ready');
    expect(desk.calls()).toEqual([]);
  });

  test('what waits to be written goes before what the agent does next', async () => {
    desk = await startShift();
    fill(desk.cache);
    const leg = desk.phone.offer();
    const { id } = desk.call();
    await desk.ask['calls.answer']({ callId: id });
    desk.phone.end(leg);
    vi.restoreAllMocks();
    const draft = {
      ...{ dispositionId: null, result: null, notes: '请周一再打', followUpAt: null },
      ...{ tags: [], ticketIds: [], customerId: null },
    };
    await desk.ask['wrapUps.park']({ callId: id, draft });
    const backlog = await desk.ask['wrapUps.backlog']({});
    expect(backlog).toMatchObject([{ callId: id, draft: { notes: '请周一再打' } }]);
  });

  test('after-call work runs out', async () => {
    desk = await startShift();
    const leg = desk.phone.offer({ number: '13800138000' });
    const { id } = desk.call();
    await desk.ask['calls.answer']({ callId: id });
    await desk.ask['drafts.put']({ key: `ticket:${id}`, json: '{"subject":"漏水"}' });
    desk.phone.end(leg);
    fill(desk.cache);
    desk.clock.advance(600_000);
    expect(desk.state()).toBe('ready');
    expect(desk.calls()).toEqual([]);
    makeRoom();
    expect(desk.cache.draft(`ticket:${customerId}`)).toBe('{"subject":"漏水"}');
  });

  test('a shift begins, and ends', async () => {
    desk = await startShift({ state: 'ready' }, fill);
    expect(desk.state()).toBe('ready');
    expect(told()).toEqual(['disk-full']);
    await desk.stop();
    hasEnded = true;
    expect(told()).toEqual([]);
    expect(desk.log.lines).toContainEqual('error what happened at this desk could not be written');
  });
});

import { type Session, SessionState } from 'sip.js';
import { afterEach, describe, expect, it } from 'vitest';
import { done, openPhoneSite } from '#tests/support/phoneSite.ts';
import { PracticeDesk, reached } from '../desk/practiceDesk.ts';

const site = openPhoneSite();
const colleagues: PracticeDesk[] = [];

afterEach(async () => {
  for (const colleague of colleagues.splice(0)) await colleague.close();
});

/** A colleague at another desk, who says this tone, Hz. */
async function colleague(extension: '2042' | '2043', tone: number): Promise<PracticeDesk> {
  const desk = await PracticeDesk.registered(site.pbx.url, extension, 'right');
  desk.tone = tone;
  colleagues.push(desk);
  return desk;
}

/** Dials the colleague, who takes the call. */
async function consult(desk: PracticeDesk): Promise<{ leg: string; session: Session }> {
  const dialled = site.dialledCall(desk.extension);
  const session = await desk.nextCall();
  await desk.accept(session);
  const { leg } = await dialled;
  return { leg, session };
}

describe('a second call', () => {
  it('waits, is answered with the first on hold, and both change places', async () => {
    const first = await site.answeredCall();
    const li = await colleague('2042', 500);
    site.desk.mark();
    const dialled = li.dial('2041');
    const second = await site.desk.offered();
    expect(site.media.commands.at(-1)).toEqual({
      command: 'ring',
      input: { on: true, waiting: true },
    });
    const held = site.pbxSays('callHeld');
    expect(await site.desk.phone.answer(second.leg)).toEqual(done);
    expect(await held).toMatchObject({ callRef: first.callRef });
    const { session, status } = await dialled;
    expect(status).toBe(200);
    await li.media(session).heard;
    const resumed = site.pbxSays('callResumed');
    expect(await site.desk.phone.hold(first.leg, false)).toEqual(done);
    expect(await resumed).toMatchObject({ callRef: first.callRef });
    expect(site.state(second.leg)).toBe('held');
    expect(await site.desk.phone.hangUp(second.leg)).toEqual(done);
    await reached(session, SessionState.Terminated);
    expect(site.state(first.leg)).toBe('talking');
  });
});

describe('a blind transfer', () => {
  it('hands the caller to a colleague', async () => {
    const { leg, callRef } = await site.answeredCall();
    const li = await colleague('2042', 500);
    const transferred = site.pbxSays('callTransferred');
    expect(await site.desk.phone.transfer(leg, '2042')).toEqual(done);
    expect(await site.desk.end(leg)).toMatchObject({ by: 'agent', how: 'transferred' });
    expect(await transferred).toMatchObject({ callRef, from: '2041', to: '2042', kind: 'blind' });
    const session = await li.nextCall();
    expect(session.request.getHeader('X-Call-Ref')).toBe(callRef);
    await li.accept(session);
    await li.media(session).heard;
    expect(site.desk.phone.legs()).toEqual([]);
  });

  it.each([
    ['602', 'number-busy'],
    ['2042', 'number-unreachable'],
    ['99', 'number-unknown'],
  ])('to %s comes back as %s, and the call goes on', async (target, code) => {
    const { leg } = await site.answeredCall();
    expect(await site.desk.phone.transfer(leg, target)).toMatchObject({
      ok: false,
      error: { code },
    });
    expect(site.desk.phone.legs()).toMatchObject([{ leg, state: 'talking', transferring: false }]);
    await site.audioFlowsBothWays();
  });

  it('by a colleague rings here with their extension', async () => {
    await site.registeredDesk();
    const li = await colleague('2042', 500);
    const { session } = await li.dial('13800138001');
    await li.refer(session, li.address('2041'));
    expect(await site.desk.offered()).toMatchObject({ transferredBy: '2042' });
  });
});

describe('an attended transfer', () => {
  it('joins the caller with the colleague who was asked', async () => {
    const { leg, callRef } = await site.answeredCall();
    const li = await colleague('2042', 500);
    const asked = await consult(li);
    expect(site.state(leg)).toBe('held');
    const transferred = site.pbxSays('callTransferred');
    expect(await site.desk.phone.join(leg, asked.leg)).toEqual(done);
    expect(await transferred).toMatchObject({ callRef, kind: 'attended' });
    for (const one of [leg, asked.leg]) {
      expect(await site.desk.end(one)).toMatchObject({ by: 'agent', how: 'transferred' });
    }
    expect(asked.session.state).toBe(SessionState.Established);
    expect(site.pbx.state().calls).toMatchObject([{ callRef, state: 'talking' }]);
    expect(site.desk.phone.legs()).toEqual([]);
  });

  it('can be thought better of: the colleague leaves, the caller is back', async () => {
    const { leg } = await site.answeredCall();
    const li = await colleague('2042', 500);
    const asked = await consult(li);
    expect(await site.desk.phone.hangUp(asked.leg)).toEqual(done);
    await reached(asked.session, SessionState.Terminated);
    expect(await site.desk.phone.hold(leg, false)).toEqual(done);
    expect(site.state(leg)).toBe('talking');
  });
});

describe('a conference', () => {
  it('lets all hear each other, also after a reload of the page, until one leaves', async () => {
    await site.registeredDesk();
    const li = await colleague('2042', 500);
    const wang = await colleague('2043', 900);
    const toLi = await consult(li);
    const toWang = await consult(wang);
    expect(await site.desk.phone.confer([toLi.leg, toWang.leg])).toEqual(done);
    expect(site.desk.phone.legs()).toMatchObject([{ conference: true }, { conference: true }]);
    await li.hears(toLi.session, [900], [500]);
    await wang.hears(toWang.session, [500], [900]);
    site.desk.mark();
    await site.media.reload();
    for (const { leg } of [toLi, toWang]) {
      await site.desk.leg((now) => now.leg === leg && now.media === 'connected');
    }
    await li.hears(toLi.session, [900], [500]);
    await wang.hears(toWang.session, [500], [900]);
    await toWang.session.bye();
    await site.desk.end(toWang.leg);
    await li.hears(toLi.session, [], [900]);
    expect(site.desk.phone.legs()).toMatchObject([
      { leg: toLi.leg, state: 'talking', conference: false },
    ]);
  });
});

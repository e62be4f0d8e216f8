import { describe, expect, it } from 'vitest';
import { answered, audioFlowsBothWays, type Desk, noAsterisk, openSite } from './support/site.ts';

const site = openSite();
const ok = { ok: true, value: null };

/** The caller of a queue, who talks with 2041; further callers would go to others. */
async function talking() {
  const made = await site.talking();
  await made.desk.phone.setAvailability({ ready: false, reason: 'call' });
  return made;
}

/** A second call of this desk, to somebody who answers; the first one waits. */
async function consulted(of: Desk, colleague: Desk) {
  const leg = await site.dialled(of, colleague.extension, colleague);
  return leg.leg;
}

describe.skipIf(noAsterisk)('a blind transfer on Asterisk', () => {
  it('leads the caller to a colleague, with the card', async () => {
    const { leg, ...made } = await talking();
    const colleague = await site.registered('2042');
    expect(await made.desk.phone.transfer(leg.leg, '2042')).toEqual(ok);
    expect(await made.desk.end(leg.leg)).toMatchObject({ by: 'agent', how: 'transferred' });
    const offered = await colleague.desk.offered();
    expect(offered).toMatchObject({
      number: leg.number,
      name: leg.name,
      callRef: leg.callRef,
      queueId: 'service',
      transferredBy: '2041',
    });
    await answered(colleague, offered.leg);
    await audioFlowsBothWays(site, colleague);
  });

  it('leads the caller into another queue', async () => {
    const { leg, ...made } = await talking();
    const colleague = await site.ready('2042');
    expect(await made.desk.phone.transfer(leg.leg, 'complaints')).toEqual(ok);
    const offered = await colleague.desk.offered();
    expect(offered).toMatchObject({
      callRef: leg.callRef,
      queueId: 'complaints',
      transferredBy: '2041',
    });
    await answered(colleague, offered.leg);
    await audioFlowsBothWays(site, colleague);
  });

  it('leads the caller to somebody outside', async () => {
    const { leg, caller, ...made } = await talking();
    const somebody = await site.awaitCall();
    expect(await made.desk.phone.transfer(leg.leg, '+8613900139000')).toEqual(ok);
    await made.desk.end(leg.leg);
    await site.bridged(2, 'trunk');
    expect(somebody.messages()).toContain('INVITE sip:+8613900139000@');
    await caller.hangUp();
    expect(await somebody.ended).toBe(true);
  });

  it.each(['99', 'nowhere'])(
    'to %s, which nobody has, is refused, and the call stays',
    async (target) => {
      const { leg, ...made } = await talking();
      const refused = await made.desk.phone.transfer(leg.leg, target);
      expect(refused).toMatchObject({ ok: false, error: { code: 'number-unknown' } });
      expect(made.desk.phone.legs()).toMatchObject([{ leg: leg.leg, state: 'talking', end: null }]);
      await audioFlowsBothWays(site, made);
    },
  );

  it.each([
    [
      'busy',
      async () => {
        const busy = await site.registered('2042');
        busy.desk.phone.follow({ digits: 'rtp', waitingCalls: 0 });
        await site.dialled(busy, '600');
      },
    ],
    ['not there', async () => undefined],
  ])('to a colleague who is %s comes back', async (_how, prepare) => {
    const { leg, ...made } = await talking();
    await prepare();
    made.desk.mark();
    expect(await made.desk.phone.transfer(leg.leg, '2042')).toEqual(ok);
    const back = await made.desk.offered();
    expect(back).toMatchObject({ callRef: leg.callRef, transferredBy: '2042' });
    await answered(made, back.leg);
    await audioFlowsBothWays(site, made);
  });

  it('that comes back and is not taken waits in its queue again', async () => {
    const { leg, ...made } = await talking();
    const from = site.ami.events.length;
    made.desk.mark();
    await made.desk.phone.transfer(leg.leg, '2042');
    const back = await made.desk.offered();
    await made.desk.phone.reject(back.leg, 'decline');
    await site.ami.event({ Event: 'QueueCallerJoin', Queue: 'service' }, from);
  });
});

describe.skipIf(noAsterisk)('a warm transfer on Asterisk', () => {
  it('joins the caller with the colleague who was asked', async () => {
    const { leg, ...made } = await talking();
    const colleague = await site.registered('2042');
    const consult = await consulted(made, colleague);
    expect(made.desk.phone.legs()).toMatchObject([{ state: 'held' }, { state: 'talking' }]);
    colleague.desk.mark();
    expect(await made.desk.phone.join(leg.leg, consult)).toEqual(ok);
    expect(await made.desk.end(leg.leg)).toMatchObject({ how: 'transferred' });
    await made.desk.end(consult);
    await audioFlowsBothWays(site, colleague);
    await colleague.desk.leg((now) => now.number === leg.number);
  });

  it('goes to and fro between caller and colleague, and back', async () => {
    const { leg, ...made } = await talking();
    const colleague = await site.registered('2042');
    const consult = await consulted(made, colleague);
    expect(await made.desk.phone.hold(leg.leg, false)).toEqual(ok);
    expect(made.desk.phone.legs()).toMatchObject([
      { leg: leg.leg, state: 'talking' },
      { leg: consult, state: 'held' },
    ]);
    expect(await made.desk.phone.hold(consult, false)).toEqual(ok);
    await audioFlowsBothWays(site, colleague);
    expect(await made.desk.phone.hangUp(consult)).toEqual(ok);
    expect(await made.desk.phone.hold(leg.leg, false)).toEqual(ok);
    expect(made.desk.phone.legs()).toMatchObject([{ leg: leg.leg, state: 'talking' }]);
    await site.bridged(2);
  });

  it('joins the caller with somebody outside', async () => {
    const { leg, caller, ...made } = await talking();
    const somebody = await site.awaitCall();
    const consult = await site.dialled(made, '+8613900139000');
    expect(await made.desk.phone.join(leg.leg, consult.leg)).toEqual(ok);
    await made.desk.end(leg.leg);
    await made.desk.end(consult.leg);
    await site.bridged(2, 'trunk');
    await caller.hangUp();
    expect(await somebody.ended).toBe(true);
  });

  it('joins the caller with whoever of a queue was asked', async () => {
    const { leg, ...made } = await talking();
    const colleague = await site.ready('2042');
    const consult = await site.dialled(made, 'complaints', colleague);
    expect(await made.desk.phone.join(leg.leg, consult.leg)).toEqual(ok);
    await made.desk.end(leg.leg);
    await audioFlowsBothWays(site, colleague);
  });

  it('is over when the caller hangs up during the question', async () => {
    const { leg, caller, ...made } = await talking();
    const colleague = await site.registered('2042');
    const consult = await consulted(made, colleague);
    await caller.hangUp();
    expect(await made.desk.end(leg.leg)).toMatchObject({ by: 'customer', how: 'completed' });
    expect(made.desk.phone.legs()).toMatchObject([{ leg: consult, state: 'talking' }]);
    expect(await made.desk.phone.join(leg.leg, consult)).toMatchObject({ ok: false });
  });
});

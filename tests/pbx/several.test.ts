import { describe, expect, it, vi } from 'vitest';
import { numbers } from './support/asterisk.ts';
import {
  answered,
  audioFlowsBothWays,
  hearsSilence,
  hearsSound,
  noAsterisk,
  openSite,
} from './support/site.ts';

const site = openSite();
const ok = { ok: true, value: null };
const other = { number: '+8613900139000', name: '李雷' };

describe.skipIf(noAsterisk)('several calls on Asterisk', () => {
  it('a second one waits beside the first, is taken, and both change places', async () => {
    const { leg, ...made } = await site.talking();
    made.desk.mark();
    await site.ring('2041', other);
    const waiting = await made.desk.offered();
    expect(waiting).toMatchObject({ number: other.number, state: 'ringing' });
    expect(made.desk.phone.legs()).toMatchObject([{ leg: leg.leg, state: 'talking' }, {}]);
    await answered(made, waiting.leg);
    expect(made.desk.phone.legs()).toMatchObject([
      { leg: leg.leg, state: 'held' },
      { leg: waiting.leg, state: 'talking' },
    ]);
    await audioFlowsBothWays(site, made);
    expect(await made.desk.phone.hold(leg.leg, false)).toEqual(ok);
    expect(made.desk.phone.legs()).toMatchObject([
      { leg: leg.leg, state: 'talking' },
      { leg: waiting.leg, state: 'held' },
    ]);
    expect(await made.desk.phone.hangUp(leg.leg)).toEqual(ok);
    expect(await made.desk.phone.hold(waiting.leg, false)).toEqual(ok);
    await audioFlowsBothWays(site, made);
  });

  it('one more than the desk takes is told busy', async () => {
    const { desk } = await site.talking();
    desk.phone.follow({ digits: 'rtp', waitingCalls: 0 });
    const turnedAway = await site.ring('2041', other, 'busyCaller');
    expect(await turnedAway.ended, turnedAway.complaints()).toBe(true);
    expect(desk.phone.legs()).toHaveLength(1);
  });

  it('a queue offers nothing to an agent who talks', async () => {
    const { desk } = await site.talking();
    const from = site.ami.events.length;
    await site.ring(numbers.service, other);
    await site.ami.event({ Event: 'QueueCallerJoin', Queue: 'service' }, from);
    expect(desk.phone.legs()).toHaveLength(1);
  });

  it('three talk with each other in a conference', async () => {
    const agent = await site.registered('2041');
    const second = await site.registered('2042');
    const third = await site.registered('2043');
    const toSecond = await site.dialled(agent, '2042', second);
    const toThird = await site.dialled(agent, '2043', third);
    expect(await agent.desk.phone.confer([toSecond.leg, toThird.leg])).toEqual(ok);
    expect(agent.desk.phone.legs()).toMatchObject([
      { state: 'talking', conference: true },
      { state: 'talking', conference: true },
    ]);
    // The agent's own voice is out of it: what they hear is each other.
    await agent.desk.phone.mute(toSecond.leg, true);
    await agent.desk.phone.mute(toThird.leg, true);
    await hearsSound(second);
    await hearsSound(third);
    const [ofThird] = third.desk.phone.legs();
    await third.desk.phone.mute(ofThird?.leg ?? '', true);
    await hearsSilence(second);
    await agent.desk.phone.mute(toSecond.leg, false);
    await hearsSound(second);
    expect(await agent.desk.phone.hangUp(toThird.leg)).toEqual(ok);
    expect(agent.desk.phone.legs()).toMatchObject([{ conference: false, state: 'talking' }]);
    await audioFlowsBothWays(site, second);
  });

  it('a caller and a colleague hear each other in a conference', async () => {
    const { leg, ...made } = await site.talking();
    const colleague = await site.registered('2042');
    const consult = await site.dialled(made, '2042', colleague);
    expect(await made.desk.phone.confer([leg.leg, consult.leg])).toEqual(ok);
    await made.desk.phone.mute(leg.leg, true);
    await made.desk.phone.mute(consult.leg, true);
    // The caller's tone.
    await hearsSound(colleague);
  });

  it('twenty at once: one rings, one waits, the others are told busy, and all ringing stops', async () => {
    const { desk } = await site.registered();
    const callers = await site.burst(
      '2041',
      Array.from({ length: 20 }, (_, index) => ({ number: `+86139001390${10 + index}`, name: '' })),
      'busyCaller',
    );
    // The one that rings and the one that waits keep the two places until all others were told.
    await vi.waitFor(
      () => {
        const told = callers.messages().matchAll(/^SIP\/2\.0 486.*?^Call-ID: (\S+)/gmsu);
        expect(new Set([...told].map(([, callId]) => callId)).size).toBe(18);
      },
      { timeout: 50_000, interval: 200 },
    );
    expect(desk.phone.legs()).toHaveLength(2);
    await Promise.all(desk.phone.legs().map(({ leg }) => desk.phone.reject(leg, 'busy')));
    expect(await callers.ended, callers.complaints()).toBe(true);
    expect(desk.phone.legs()).toEqual([]);
  });
});

describe.skipIf(noAsterisk)('a number of the centre on Asterisk', () => {
  it.each([
    ['is shown as the agent chose it', numbers.ownSales, numbers.ownSales],
    ['that is none is not shown', '+8613800000000', numbers.own],
  ])('%s', async (_case, callerId, shown) => {
    const made = await site.registered();
    const somebody = await site.awaitCall();
    const placed = await made.desk.phone.dial('+8613900139000', { callerId });
    if (!placed.ok) throw new Error(placed.error.code);
    await made.desk.leg((now) => now.state === 'talking');
    await made.desk.phone.hangUp(placed.value.leg);
    expect(await somebody.ended).toBe(true);
    expect(somebody.messages()).toContain(`<sip:${shown}@`);
  });
});

describe.skipIf(noAsterisk)('a queue that wants its callers taken at once', () => {
  it('asks the desk for it', async () => {
    await site.asterisk.cli('dialplan set global AUTO_ANSWER_complaints yes');
    const { desk } = await site.ready();
    await site.ring(numbers.complaints);
    expect(await desk.offered()).toMatchObject({ queueId: 'complaints', autoAnswer: true });
    await site.asterisk.cli('dialplan set global AUTO_ANSWER_complaints no');
  });
});

import { describe, expect, it } from 'vitest';
import { numbers } from './support/asterisk.ts';
import {
  answered,
  audioFlowsBothWays,
  type Desk,
  hearsSound,
  noAsterisk,
  openSite,
} from './support/site.ts';

const site = openSite();
const ok = { ok: true, value: null };

/** Loads the page anew; resolves once this call has audio again. */
async function reloaded({ desk, media }: Desk, leg: string) {
  desk.mark();
  await media.reload();
  return desk.leg((now) => now.leg === leg && now.media === 'connected');
}

describe.skipIf(noAsterisk)('the media page on Asterisk', () => {
  it('loaded anew while a call rings: it rings on, and is answered', async () => {
    const made = await site.ready();
    await site.ring();
    const { leg } = await made.desk.offered();
    await made.media.reload();
    expect(made.desk.phone.legs()).toMatchObject([{ leg, state: 'ringing' }]);
    await answered(made, leg);
    await audioFlowsBothWays(site, made);
  });

  it('loaded anew while a dialled number rings: the call is up when it is taken', async () => {
    const made = await site.registered();
    const colleague = await site.registered('2042');
    const placed = await made.desk.phone.dial('2042');
    if (!placed.ok) throw new Error(placed.error.code);
    const offered = await colleague.desk.offered();
    await made.media.reload();
    made.desk.mark();
    await answered(colleague, offered.leg);
    await made.desk.leg((now) => now.state === 'talking' && now.media === 'connected');
    await audioFlowsBothWays(site, made);
  });

  it('loaded anew beside a call that waits: the first talks on, the second rings on', async () => {
    const { leg, ...made } = await site.talking();
    await site.ring('2041', { number: '+8613900139000', name: '李雷' });
    const waiting = await made.desk.until(
      (event) => event.type === 'offered' && event.leg.leg !== leg.leg && event.leg,
    );
    expect(await reloaded(made, leg.leg)).toMatchObject({ state: 'talking' });
    await audioFlowsBothWays(site, made);
    await answered(made, waiting.leg);
    await audioFlowsBothWays(site, made);
  });

  it('loaded anew during a question to a colleague: both calls are repaired, and joined', async () => {
    const { leg, ...made } = await site.talking();
    const colleague = await site.registered('2042');
    const consult = await site.dialled(made, '2042', colleague);
    made.desk.mark();
    const repaired = [leg.leg, consult.leg].map((id) =>
      made.desk.leg((now) => now.leg === id && now.media === 'connected'),
    );
    await made.media.reload();
    await Promise.all(repaired);
    expect(made.desk.phone.legs()).toMatchObject([{ state: 'held' }, { state: 'talking' }]);
    expect(await made.desk.phone.join(leg.leg, consult.leg)).toEqual(ok);
    await audioFlowsBothWays(site, colleague);
  });

  it('loaded anew in a conference: all hear each other again', async () => {
    const agent = await site.registered('2041');
    const second = await site.registered('2042');
    const { leg } = await site.dialled(agent, '2042', second);
    const echo = await site.dialled(agent, '600');
    expect(await agent.desk.phone.confer([leg, echo.leg])).toEqual(ok);
    agent.desk.mark();
    const repaired = [leg, echo.leg].map((id) =>
      agent.desk.leg((now) => now.leg === id && now.media === 'connected'),
    );
    await agent.media.reload();
    await Promise.all(repaired);
    expect(agent.desk.phone.legs()).toMatchObject([{ conference: true }, { conference: true }]);
    // What the second says comes back from the echo, through the mix.
    await agent.desk.phone.mute(leg, true);
    await hearsSound(second);
  });

  it('gone for a while: the call waits for it and gets audio again', async () => {
    const { leg, caller, ...made } = await site.talking();
    await made.media.leave();
    made.desk.mark();
    await made.media.comeBack();
    const now = await made.desk.leg((changed) => changed.media === 'connected');
    expect(now).toMatchObject({ leg: leg.leg, state: 'talking', end: null });
    await audioFlowsBothWays(site, made);
    await caller.hangUp();
    expect(await made.desk.end(leg.leg)).toMatchObject({ by: 'customer', how: 'completed' });
  });

  it('gone while a call rings: the next one is answered all the same', async () => {
    const made = await site.ready();
    const caller = await site.ring(numbers.service);
    const { leg } = await made.desk.offered();
    await made.media.leave();
    await caller.hangUp();
    await made.desk.end(leg);
    await made.media.comeBack();
    made.desk.mark();
    await site.ring(numbers.service);
    await answered(made, (await made.desk.offered()).leg);
    await audioFlowsBothWays(site, made);
  });
});

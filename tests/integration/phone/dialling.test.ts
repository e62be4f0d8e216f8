import { describe, expect, it } from 'vitest';
import { openPhoneSite } from '#tests/support/phoneSite.ts';

const site = openPhoneSite();

describe('dialling', () => {
  it('reaches the echo, with audio both ways', async () => {
    await site.registeredDesk();
    const placed = await site.desk.phone.dial('600');
    expect(placed).toMatchObject({ ok: true, value: { direction: 'out', state: 'dialling' } });
    await site.desk.leg((leg) => leg.state === 'talking' && leg.media === 'connected');
    await site.audioFlowsBothWays();
  });

  it.each([
    ['602', 'number-busy'],
    ['603', 'number-unreachable'],
    ['99', 'number-unknown'],
  ])('%s ends as %s', async (number, code) => {
    await site.registeredDesk();
    expect(await site.desk.phone.dial(number)).toMatchObject({ ok: true });
    expect(await site.desk.ended()).toMatchObject({ how: 'failed', failure: { code } });
  });

  it('outlives a reload of the page while it rings there', async () => {
    await site.registeredDesk();
    const dialled = site.pbxSays('callDialled');
    await site.desk.phone.dial('+8613800138000');
    await dialled;
    await site.media.reload();
    await site.desk.leg((leg) => leg.state === 'talking' && leg.media === 'connected');
    await site.audioFlowsBothWays();
  });

  it('can be given up', async () => {
    await site.registeredDesk();
    const placed = await site.desk.phone.dial('604');
    if (!placed.ok) throw new Error(placed.error.code);
    await site.desk.phone.hangUp(placed.value.leg);
    expect(await site.desk.ended()).toMatchObject({ by: 'agent', how: 'cancelled', failure: null });
  });

  it('needs a registration and a number', async () => {
    expect(await site.desk.phone.dial('600')).toMatchObject({
      error: { code: 'phone-not-registered' },
    });
    await site.registeredDesk();
    expect(await site.desk.phone.dial('6 00;x')).toMatchObject({
      error: { code: 'number-invalid' },
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PhoneLeg } from '#electron/phone/phone.ts';
import type { MediaStats } from '#shared/contract/media.ts';
import type { SipText } from '#tests/support/scriptedPbx.ts';
import { done, WirePhone } from '#tests/support/wirePhone.ts';

const otherDesk = '<sip:otherdesk@192.0.2.9;transport=ws>;expires=300';
const unknownCall = '481 Call/Transaction Does Not Exist';

let wire: WirePhone;

beforeEach(async () => {
  wire = await WirePhone.registered(undefined, { watchEveryMs: 1_000 });
});

afterEach(() => wire.close());

const binds = (message: SipText): boolean => message.header('Contact') !== '';
const asks = (message: SipText): boolean => message.header('Contact') === '';

function bindings(): number {
  return wire.pbx.messages.filter((one) => one.kind === 'REGISTER' && binds(one)).length;
}

const pass = (seconds: number): Promise<void> => wire.pass(seconds * 1_000);

function stats(changes: Partial<MediaStats> = {}): MediaStats {
  return {
    connection: 'connected',
    packetsReceived: 0,
    packetsLost: 0,
    packetsSent: 0,
    jitterMs: 2,
    roundTripMs: 20,
    energyReceived: 0,
    codec: 'audio/PCMA',
    path: 'host/host udp',
    ...changes,
  };
}

/** The page counts 50 packets a second, of which this many are lost. */
function sound(lostOf50 = 0): void {
  const from = wire.clock.now();
  wire.media.stats = () => {
    const packets = (wire.clock.now() - from) / 20;
    const packetsLost = Math.round((packets * lostOf50) / 50);
    return stats({ packetsReceived: packets - packetsLost, packetsLost });
  };
}

const silence = (): void => {
  wire.media.stats = () => stats({ packetsReceived: 100 });
};

const noSound = (connection: string): void => {
  wire.media.stats = () => stats({ packetsReceived: 100, connection });
};

describe('a registration', () => {
  it('is asked after every half minute, and refreshed in time', async () => {
    const from = wire.clock.now();
    await wire.whilePassing(wire.pbx.first('REGISTER', asks));
    expect(wire.clock.now() - from).toBeLessThanOrEqual(35_000);
    await wire.whilePassing(wire.pbx.first('REGISTER', (one) => binds(one) && bindings() === 2));
    expect(wire.clock.now() - from).toBeLessThan(240_000);
    expect(wire.desk.phone.status().state).toBe('registered');
  });

  it('that a newer desk has taken is told, and not fought over', async () => {
    wire.pbx.bound = otherDesk;
    const status = await wire.whilePassing(wire.desk.status(({ state }) => state === 'failed'));
    expect(status).toMatchObject({ failure: { code: 'phone-elsewhere' }, nextTryAt: null });
    await pass(600);
    expect(bindings()).toBe(1);
    wire.desk.phone.resume();
    await pass(60);
    expect(bindings()).toBe(1);
  });

  it('is taken back from the newer desk by the agent', async () => {
    wire.pbx.bound = otherDesk;
    await wire.whilePassing(wire.desk.status(({ state }) => state === 'failed'));
    wire.desk.mark();
    wire.desk.phone.retry();
    await wire.whilePassing(wire.desk.registered());
    expect(bindings()).toBe(2);
  });

  it('is left to the newer desk after a lost socket too', async () => {
    await pass(2);
    wire.pbx.bound = otherDesk;
    wire.pbx.cut();
    const status = await wire.whilePassing(wire.desk.status(({ state }) => state === 'failed'));
    expect(status.failure?.code).toBe('phone-elsewhere');
    expect(bindings()).toBe(1);
  });

  it('goes on beside other devices where the registrar keeps several', async () => {
    wire.pbx.alsoBound = [otherDesk];
    wire.desk.phone.retry();
    await wire.whilePassing(wire.pbx.first('REGISTER', (one) => binds(one) && bindings() === 2));
    wire.pbx.bound = '';
    await wire.whilePassing(wire.pbx.first('REGISTER', (one) => binds(one) && bindings() === 3));
    expect(wire.desk.phone.status().state).toBe('registered');
  });

  it('that the registrar forgot is made anew', async () => {
    wire.pbx.bound = '';
    await wire.whilePassing(wire.pbx.first('REGISTER', (one) => binds(one) && bindings() === 2));
    expect(wire.desk.phone.status().state).toBe('registered');
  });

  it('refused in the middle of a shift is told once, and made again when the agent asks', async () => {
    wire.pbx.registerAnswers = [{ status: 403 }];
    const status = await wire.whilePassing(wire.desk.status(({ state }) => state === 'failed'));
    expect(status).toMatchObject({ failure: { code: 'phone-refused' }, nextTryAt: null });
    const asked = wire.pbx.count('REGISTER');
    await pass(900);
    expect(wire.pbx.count('REGISTER')).toBe(asked);
    wire.pbx.registerAnswers = [{ status: 200 }];
    wire.desk.mark();
    wire.desk.phone.retry();
    await wire.whilePassing(wire.desk.registered());
  });

  it('is not shown while the PBX says nothing', async () => {
    wire.pbx.registerAnswers = [];
    const from = wire.clock.now();
    await wire.whilePassing(wire.desk.status(({ state }) => state !== 'registered'));
    expect(wire.clock.now() - from).toBeLessThanOrEqual(45_000);
  });

  it('of a registrar that tells no contacts is proven by OPTIONS', async () => {
    wire.pbx.tells = false;
    wire.desk.phone.retry();
    await wire.whilePassing(wire.pbx.first('REGISTER', () => bindings() === 2));
    const options = await wire.whilePassing(wire.pbx.first('OPTIONS'));
    wire.pbx.answer(options, '404 Not Found');
    await pass(5);
    expect(wire.desk.phone.status().state).toBe('registered');
  });

  it('is refreshed in time though the clock of the machine is set back', async () => {
    wire.pbx.tells = false;
    wire.desk.phone.retry();
    wire.pbx.accepts.add('OPTIONS');
    await wire.whilePassing(wire.pbx.first('OPTIONS'));
    const before = bindings();
    wire.clock.setBack(3_600_000);
    const from = wire.clock.now();
    await wire.whilePassing(wire.pbx.first('REGISTER', () => bindings() > before));
    expect(wire.clock.now() - from).toBeLessThan(300_000);
  });

  it('is left alone while the machine sleeps, and proven when it wakes', async () => {
    wire.desk.phone.suspend();
    await pass(3_600);
    expect(wire.pbx.count('REGISTER')).toBe(1);
    wire.desk.phone.resume();
    await wire.pbx.first('REGISTER', (one) => binds(one) && bindings() === 2);
  });

  it('moves to a new socket within 3 s after the machine woke up with a dead one', async () => {
    wire.desk.phone.suspend();
    wire.pbx.freeze();
    await pass(60);
    const from = wire.clock.now();
    wire.desk.phone.resume();
    await wire.whilePassing(wire.pbx.first('REGISTER', asks));
    expect(wire.clock.now() - from).toBeLessThanOrEqual(4_000);
  });
});

describe('a change of a call', () => {
  it('fails with its socket, not half a minute later', async () => {
    const { leg } = await wire.answered('first');
    wire.pbx.accepts.delete('INVITE');
    const held = wire.desk.phone.hold(leg, true);
    await wire.pbx.first('INVITE');
    wire.pbx.cut();
    // No time passes here.
    expect(await held).toMatchObject({ ok: false, error: { code: 'phone-unreachable' } });
    expect(wire.state(leg)).toBe('talking');
  });

  it('fails 5 s after a media page froze', async () => {
    const { leg } = await wire.answered('first');
    const frozen = wire.media.heldBack('describe');
    const from = wire.clock.now();
    const held = wire.desk.phone.hold(leg, true);
    await frozen.asked;
    expect(await wire.whilePassing(held)).toMatchObject({ error: { code: 'media-failed' } });
    expect(wire.clock.now() - from).toBeLessThanOrEqual(5_500);
    frozen.release();
  });

  it('by a transfer fails with its socket too, and the call stays', async () => {
    const { leg, call } = await wire.answered('first');
    wire.pbx.accepts.delete('REFER');
    await pass(2);
    wire.desk.mark();
    const passed = wire.desk.phone.transfer(leg, '2042');
    await call.says('REFER');
    wire.pbx.cut();
    expect(await wire.whilePassing(passed)).toMatchObject({ ok: false });
    await wire.whilePassing(wire.desk.registered());
    expect(wire.desk.phone.legs()).toMatchObject([{ leg, end: null }]);
  });

  it('by a goodbye that went down with the socket is said again', async () => {
    const { leg, call } = await wire.answered('first');
    wire.pbx.accepts.delete('BYE');
    await pass(2);
    expect(await wire.desk.phone.hangUp(leg)).toEqual(done);
    const lost = await call.says('BYE');
    wire.pbx.cut();
    const again = await wire.whilePassing(call.says('BYE'));
    expect(again.header('CSeq')).toBe(lost.header('CSeq'));
  });
});

describe('twenty calls at once', () => {
  it('ring as many as may wait, once each, and stop ringing', async () => {
    const calls = Array.from({ length: 20 }, (_, index) =>
      wire.pbx.invite({ id: `burst-${index}` }),
    );
    // One for an agent who is free, and one that may wait beside it.
    await Promise.all(calls.slice(2).map((call) => call.says('486', 'INVITE')));
    const popped = wire.desk.events.flatMap((event) =>
      event.type === 'offered' ? [event.leg.callRef] : [],
    );
    expect(popped).toEqual(['burst-0', 'burst-1']);
    const ended = wire.desk.phone.legs().map(({ leg }) => wire.end(leg));
    for (const call of calls.slice(0, 2)) call.cancel();
    for (const end of await Promise.all(ended)) expect(end).toMatchObject({ how: 'cancelled' });
    expect(wire.told('ring').at(-1)).toMatchObject({ on: false });
    expect(wire.desk.phone.legs()).toEqual([]);
  });
});

describe('a call whose BYE was lost', () => {
  it('ends once the PBX is asked and knows nothing of it', async () => {
    const { leg, call } = await wire.answered('first');
    silence();
    const from = wire.clock.now();
    const question = await wire.whilePassing(call.says('OPTIONS'));
    expect(wire.clock.now() - from).toBeLessThanOrEqual(20_000);
    wire.pbx.answer(question, unknownCall);
    expect(await wire.end(leg)).toMatchObject({
      by: 'system',
      how: 'failed',
      failure: { code: 'phone-unreachable' },
    });
  });

  it('goes on where the PBX still has it, and is asked after again', async () => {
    const { leg, call } = await wire.answered('first');
    silence();
    for (const answer of ['200 OK', '405 Method Not Allowed', '200 OK']) {
      wire.pbx.answer(await wire.whilePassing(call.says('OPTIONS')), answer);
    }
    expect(wire.state(leg)).toBe('talking');
  });

  it('is found on hold too', async () => {
    const { leg, call } = await wire.answered('first');
    sound();
    expect(await wire.desk.phone.hold(leg, true)).toEqual(done);
    wire.pbx.answer(await wire.whilePassing(call.says('OPTIONS')), unknownCall);
    expect(await wire.end(leg)).toMatchObject({ how: 'failed' });
  });

  it('is not suspected while there is sound', async () => {
    await wire.answered('first');
    sound();
    await pass(120);
    expect(wire.pbx.count('OPTIONS')).toBe(0);
  });

  it('is found after the machine woke up', async () => {
    const { leg, call } = await wire.answered('first');
    sound();
    wire.desk.phone.suspend();
    wire.desk.phone.resume();
    wire.pbx.answer(await call.says('OPTIONS'), unknownCall);
    expect(await wire.end(leg)).toMatchObject({ how: 'failed' });
  });
});

describe('a call without a PBX', () => {
  it('ends after a minute in which nothing is heard either', async () => {
    const { leg } = await wire.answered('first');
    noSound('failed');
    await wire.pbx.close();
    const from = wire.clock.now();
    expect(await wire.whilePassing(wire.end(leg))).toMatchObject({
      by: 'system',
      how: 'failed',
      failure: { code: 'phone-unreachable' },
    });
    const lastedMs = wire.clock.now() - from;
    expect(lastedMs).toBeGreaterThanOrEqual(60_000);
    expect(lastedMs).toBeLessThanOrEqual(70_000);
    expect(wire.desk.phone.legs()).toEqual([]);
  });

  it('goes on while both sides hear each other', async () => {
    const { leg } = await wire.answered('first');
    sound();
    await wire.pbx.close();
    await pass(300);
    expect(wire.state(leg)).toBe('talking');
  });
});

describe('a path that is lost', () => {
  it('is replaced once ICE had its time', async () => {
    const { call } = await wire.answered('first');
    noSound('disconnected');
    const from = wire.clock.now();
    const invite = await wire.whilePassing(
      wire.pbx.first('INVITE', (one) => one.header('Replaces').startsWith('first;')),
    );
    expect(invite.header('Require')).toBe('replaces');
    expect(wire.clock.now() - from).toBeLessThanOrEqual(7_000);
    wire.pbx.answer(invite, '200 OK', [], true);
    call.bye();
    await call.says('200', 'BYE');
    expect(wire.desk.phone.legs()).toMatchObject([{ state: 'talking', end: null }]);
  });
});

describe('quality', () => {
  const told = (): PhoneLeg[] =>
    wire.desk.events.flatMap((event) =>
      event.type === 'changed' && event.leg.quality ? [event.leg] : [],
    );

  it('is measured while the call talks, and told only when it changed', async () => {
    await wire.answered('first');
    sound();
    await pass(60);
    expect(told()).toHaveLength(1);
    expect(told()[0]?.quality).toMatchObject({
      level: 'good',
      loss: 0,
      jitterMs: 0,
      roundTripMs: 20,
      poorSince: null,
    });
  });

  it('is warned of after 5 s, and is no more on hold', async () => {
    const { leg } = await wire.answered('first');
    sound(10);
    await pass(9);
    const warned = told().findIndex(({ quality }) => quality?.poorSince !== null);
    expect(warned).toBeGreaterThan(0);
    expect(told()[warned - 1]?.quality).toMatchObject({ level: 'poor', poorSince: null });
    await wire.desk.phone.hold(leg, true);
    await pass(2);
    expect(wire.desk.phone.legs()[0]?.quality?.poorSince).toBeNull();
  });

  it('is summed up at the end of the call, with its course', async () => {
    const { leg, call } = await wire.answered('first');
    sound();
    await pass(30);
    call.bye();
    const { report } = await wire.end(leg);
    expect(report).toMatchObject({
      codec: 'audio/PCMA',
      path: 'host/host udp',
      packetsLost: 0,
      poorMs: 0,
      roundTripMs: 20,
    });
    expect(report?.packetsReceived).toBeGreaterThanOrEqual(1_300);
    expect(report?.mos?.average).toBeGreaterThan(4);
    expect(report?.states.map(({ state }) => state)).toEqual([
      'ringing',
      'connecting',
      'talking',
      'ended',
    ]);
  });
});

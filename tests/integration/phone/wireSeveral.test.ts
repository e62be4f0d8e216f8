import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { done, WirePhone } from '#tests/support/wirePhone.ts';

let wire: WirePhone;

beforeEach(async () => {
  wire = await WirePhone.registered();
});

afterEach(() => wire.close());

describe('a second call', () => {
  it('waits beside the first, and is told by the waiting tone', async () => {
    await wire.answered('first');
    await wire.offered('second');
    expect(wire.told('ring')).toEqual([{ on: true }, { on: false }, { on: true, waiting: true }]);
  });

  it('rings aloud once the first is over', async () => {
    const { call } = await wire.answered('first');
    await wire.offered('second');
    call.bye();
    await wire.desk.ended();
    expect(wire.told('ring').at(-1)).toEqual({ on: true });
  });

  it('is answered after the first was put on hold', async () => {
    const { first, second } = await wire.answeredTwo();
    const hold = await first.call.says('INVITE');
    const answer = await second.call.says('200');
    expect(wire.pbx.messages.indexOf(hold)).toBeLessThan(wire.pbx.messages.indexOf(answer));
    expect(wire.desk.phone.legs()).toMatchObject([
      { leg: first.leg, state: 'held' },
      { leg: second.leg, state: 'talking' },
    ]);
  });

  it('changes places with the first', async () => {
    const { first, second } = await wire.answeredTwo();
    expect(await wire.desk.phone.hold(first.leg, false)).toEqual(done);
    expect(wire.state(first.leg)).toBe('talking');
    expect(wire.state(second.leg)).toBe('held');
    expect(await wire.desk.phone.hold(second.leg, false)).toEqual(done);
    expect(wire.state(first.leg)).toBe('held');
    expect(wire.state(second.leg)).toBe('talking');
  });

  it('rings on where the first cannot be held', async () => {
    const first = await wire.answered('first');
    const second = await wire.offered('second');
    wire.pbx.accepts.delete('INVITE');
    const answer = wire.desk.phone.answer(second.leg);
    wire.pbx.answer(await first.call.says('INVITE'), '488 Not Acceptable Here');
    expect(await answer).toMatchObject({ ok: false, error: { code: 'call-state' } });
    expect(wire.state(first.leg)).toBe('talking');
    expect(wire.state(second.leg)).toBe('ringing');
    wire.pbx.accepts.add('INVITE');
    expect(await wire.desk.phone.answer(second.leg)).toEqual(done);
  });

  it.each([
    ['whose hold is taken without a description', '200 OK', ['Contact: <sip:pbx@pbx.invalid>']],
    ['that ends before its hold is answered', '100 Trying', []],
  ])('is taken beside a first one %s', async (_, status, headers) => {
    const first = await wire.answered('first');
    const second = await wire.offered('second');
    wire.pbx.accepts.delete('INVITE');
    const answer = wire.desk.phone.answer(second.leg);
    wire.pbx.answer(await first.call.says('INVITE'), status, headers);
    if (status === '100 Trying') first.call.bye();
    await wire.end(first.leg);
    expect(await answer).toEqual(done);
    expect(wire.desk.phone.legs()).toMatchObject([{ leg: second.leg, state: 'talking' }]);
  });

  it('given up while the first is put on hold gives the floor back', async () => {
    const first = await wire.answered('first');
    const second = await wire.offered('second');
    wire.pbx.accepts.delete('INVITE');
    const answer = wire.desk.phone.answer(second.leg);
    const hold = await first.call.says('INVITE');
    second.call.cancel();
    await wire.end(second.leg);
    wire.pbx.accepts.add('INVITE');
    wire.pbx.answer(hold, '200 OK', [], true);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'call-state' } });
    expect(wire.state(first.leg)).toBe('talking');
    expect(wire.desk.phone.legs()).toHaveLength(1);
  });

  it('is not taken where the microphone fails, and the first talks on', async () => {
    const first = await wire.answered('first');
    const second = await wire.offered('second');
    wire.media.failures.set('describe', 'microphone-busy');
    expect(await wire.desk.phone.answer(second.leg)).toMatchObject({
      error: { code: 'microphone-busy' },
    });
    expect(wire.state(first.leg)).toBe('talking');
    expect(wire.told('ring').at(-1)).toEqual({ on: true, waiting: true });
  });

  it('is dialled, the first waits on hold', async () => {
    const first = await wire.answered('first');
    const placed = await wire.desk.phone.dial('2042', { callerId: '+861065551234' });
    expect(placed).toMatchObject({ ok: true, value: { direction: 'out', state: 'dialling' } });
    expect(wire.state(first.leg)).toBe('held');
    const invite = await wire.pbx.first(
      'INVITE',
      (message) => !message.header('To').includes('tag'),
    );
    expect(invite.header('P-Preferred-Identity')).toBe('<sip:+861065551234@pbx.invalid>');
    expect(await wire.desk.phone.hold(first.leg, false)).toMatchObject({
      error: { code: 'call-state' },
    });
    wire.pbx.answer(invite, '486 Busy Here');
    await wire.desk.ended();
    expect(await wire.desk.phone.hold(first.leg, false)).toEqual(done);
  });

  it('that comes while one is dialled rings aloud where that cannot be', async () => {
    const describe = wire.media.heldBack('describe');
    wire.media.failures.set('describe', 'microphone-busy');
    const placed = wire.desk.phone.dial('2042');
    await describe.asked;
    await wire.offered('first');
    expect(wire.told('ring').at(-1)).toEqual({ on: true, waiting: true });
    describe.release();
    expect(await placed).toMatchObject({ error: { code: 'microphone-busy' } });
    expect(wire.told('ring').at(-1)).toEqual({ on: true });
  });

  it('is not dialled with a number to show that is none', async () => {
    const first = await wire.answered('first');
    expect(await wire.desk.phone.dial('2042', { callerId: 'x>\r\nEvil: 1' })).toMatchObject({
      error: { code: 'number-invalid' },
    });
    expect(wire.state(first.leg)).toBe('talking');
  });
});

describe('offers in a burst', () => {
  it('of 20: one rings, one waits, the rest is sent back, and in the end nothing rings', async () => {
    const first = await wire.offered('first');
    const second = await wire.offered('second');
    const others = Array.from({ length: 18 }, (_, at) => wire.pbx.invite({ id: `more-${at}` }));
    for (const call of others) await call.says('486');
    expect(wire.desk.events.filter(({ type }) => type === 'offered')).toHaveLength(2);
    first.call.cancel();
    await wire.end(first.leg);
    expect(wire.told('ring').at(-1)).toEqual({ on: true });
    second.call.cancel();
    await wire.end(second.leg);
    expect(wire.told('ring').at(-1)).toEqual({ on: false });
    expect(wire.desk.phone.legs()).toEqual([]);
  });

  it('with no place to wait: beside a call nothing rings', async () => {
    wire.desk.phone.follow({ digits: 'rtp', waitingCalls: 0 });
    await wire.answered('first');
    const second = wire.pbx.invite({ id: 'second' });
    await second.says('486');
    expect(wire.told('ring').at(-1)).toEqual({ on: false });
  });
});

describe('a phone that stops', () => {
  it('takes no more offers', async () => {
    wire.pbx.registerAnswers = [];
    const stopped = wire.desk.phone.stop();
    await wire.pbx.first('REGISTER', (message) => message.header('Expires') === '0');
    const call = wire.pbx.invite({ id: 'late' });
    await call.says('480');
    await wire.whilePassing(stopped);
    expect(wire.desk.events.some(({ type }) => type === 'offered')).toBe(false);
  });
});

describe('ringing', () => {
  it('goes on after the page was loaded anew, and ends with the offer', async () => {
    const { leg, call } = await wire.offered('first');
    wire.media.tell({ type: 'ready' });
    expect(wire.told('ring')).toEqual([{ on: true }, { on: true }]);
    call.cancel();
    await wire.end(leg);
    wire.media.tell({ type: 'ready' });
    expect(wire.told('ring')).toEqual([{ on: true }, { on: true }, { on: false }]);
  });

  it('ends with the socket', async () => {
    const { leg } = await wire.offered('first');
    wire.pbx.cut();
    await wire.end(leg);
    expect(wire.told('ring').at(-1)).toEqual({ on: false });
  });

  it('ends with the phone', async () => {
    const { leg } = await wire.offered('first');
    const stopped = wire.desk.phone.stop();
    await wire.end(leg);
    expect(wire.told('ring').at(-1)).toEqual({ on: false });
    await wire.whilePassing(stopped);
  });

  it('is ended again where the page did not hear it', async () => {
    const { leg, call } = await wire.offered('first');
    wire.media.failures.set('ring', 'media-failed');
    call.cancel();
    await wire.end(leg);
    expect(wire.told('ring')).toEqual([{ on: true }, { on: false }]);
    await wire.whilePassing(
      (async () => {
        while (wire.told('ring').length < 3) await new Promise((later) => setImmediate(later));
      })(),
    );
    expect(wire.told('ring').at(-1)).toEqual({ on: false });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { done, WirePhone } from '#tests/support/wirePhone.ts';

let wire: WirePhone;

beforeEach(async () => {
  wire = await WirePhone.registered();
});

afterEach(() => wire.close());

describe('an offer', () => {
  it('that comes by two paths is one call, and the second copy is answered 482', async () => {
    const { leg, call } = await wire.offered('first');
    call.ring(true);
    await call.says('482');
    expect(wire.desk.events.filter(({ type }) => type === 'offered')).toHaveLength(1);
    expect(wire.desk.phone.legs()).toHaveLength(1);
    expect(await wire.desk.phone.answer(leg)).toEqual(done);
  });

  it('sent again after the answer is not another call', async () => {
    const { call } = await wire.answered('first');
    call.ring();
    call.bye();
    await wire.desk.ended();
    expect(wire.desk.events.filter(({ type }) => type === 'offered')).toHaveLength(1);
  });

  it('cancelled after its answer is up, and ends with the BYE that follows', async () => {
    const { leg, call } = await wire.offered('first');
    expect(await wire.desk.phone.answer(leg)).toEqual(done);
    await call.says('200', 'INVITE');
    call.cancel();
    await call.says('200', 'CANCEL');
    expect(wire.state(leg)).toBe('talking');
    expect(wire.told('ring').at(-1)).toEqual({ on: false });
    call.ack();
    call.bye();
    expect(await wire.end(leg)).toMatchObject({ by: 'customer', how: 'completed' });
  });

  it('cancelled while its answer is made is not up, and does not ring on', async () => {
    const { leg, call } = await wire.offered('first');
    const described = wire.media.heldBack('describe');
    const answer = wire.desk.phone.answer(leg);
    await described.asked;
    call.cancel();
    expect(await wire.end(leg)).toMatchObject({ by: 'customer', how: 'cancelled' });
    described.release();
    expect(await answer).toMatchObject({ ok: false, error: { code: 'call-state' } });
    await call.says('487');
    expect(wire.told('ring').at(-1)).toEqual({ on: false });
    expect(wire.desk.phone.legs()).toEqual([]);
  });

  it('answered after the page was loaded anew needs no repair', async () => {
    const { leg, call } = await wire.offered('first');
    wire.media.tell({ type: 'ready' });
    expect(await wire.desk.phone.answer(leg)).toEqual(done);
    await call.answered('200');
    call.ack();
    // What comes next is the hold itself, and not an INVITE that replaces the call.
    const held = wire.desk.phone.hold(leg, true);
    const next = await wire.pbx.first('INVITE');
    expect(next.header('Replaces')).toBe('');
    expect(await wire.whilePassing(held)).toEqual(done);
  });

  it('without a description is answered with an offer of this desk', async () => {
    const { leg, call } = await wire.offered('first', { withoutOffer: true });
    expect(await wire.desk.phone.answer(leg)).toEqual(done);
    const answer = await call.answered('200');
    expect(answer.header('Content-Type')).toBe('application/sdp');
    call.ack(1, true);
    expect(await wire.desk.phone.hold(leg, true)).toEqual(done);
    expect(wire.told('accept')).toHaveLength(2);
  });
});

describe('a change by the far side', () => {
  it('that comes together with the ACK is taken', async () => {
    const { call } = await wire.answered('first');
    call.reinvite('sendrecv');
    await call.says('200', 'INVITE');
    await call.says('200', 'INVITE');
    expect(wire.pbx.count('500')).toBe(0);
  });

  it.each(['sendonly', 'inactive'] as const)(
    'to %s is taken, and so is the way back',
    async (to) => {
      const { leg, call } = await wire.answered('first');
      for (const direction of [to, 'sendrecv'] as const) {
        const sequence = call.reinvite(direction);
        await wire.pbx.first('200', (message) => message.header('CSeq') === `${sequence} INVITE`);
        call.ack(sequence);
      }
      expect(wire.state(leg)).toBe('talking');
      expect(await wire.whilePassing(wire.desk.phone.hold(leg, true))).toEqual(done);
    },
  );

  it('without a description gets an offer, and is over with the ACK', async () => {
    const { leg, call } = await wire.answered('first');
    const sequence = call.reinvite(null);
    const offer = await wire.pbx.first(
      '200',
      (message) => message.header('CSeq') === `${sequence} INVITE`,
    );
    expect(offer.header('Content-Type')).toBe('application/sdp');
    call.ack(sequence, true);
    expect(await wire.whilePassing(wire.desk.phone.hold(leg, true))).toEqual(done);
  });

  it('that crosses a hold is answered 491, and the hold goes on', async () => {
    const { leg, call } = await wire.answered('first');
    wire.pbx.accepts.delete('INVITE');
    const held = wire.desk.phone.hold(leg, true);
    const hold = await call.says('INVITE');
    const sequence = call.reinvite('sendrecv');
    await call.says('491');
    call.ack(sequence);
    wire.pbx.answer(hold, '200 OK', [], true);
    expect(await held).toEqual(done);
    expect(wire.state(leg)).toBe('held');
  });

  it('that comes while the offer of a hold is made is answered first, and the hold tried again', async () => {
    const { leg, call } = await wire.answered('first');
    const described = wire.media.heldBack('describe');
    const held = wire.desk.phone.hold(leg, true);
    await described.asked;
    const sequence = call.reinvite('sendrecv');
    // What came after the INVITE is answered: so it is there.
    call.request('INFO');
    await call.says('200', 'INFO');
    described.release();
    const answer = wire.pbx.first(
      '200',
      (message) => message.header('CSeq') === `${sequence} INVITE`,
    );
    await wire.whilePassing(answer);
    call.ack(sequence);
    expect(await wire.whilePassing(held)).toEqual(done);
  });

  it('names who is there now, as after a transfer by the PBX', async () => {
    const { leg, call } = await wire.answered('first');
    const sequence = call.reinvite('sendrecv', [
      'P-Asserted-Identity: "Li Wei" <sip:+8613900139000@pbx.invalid>',
      'X-Call-Ref: another-journey',
      'X-Queue: sales',
    ]);
    const now = await wire.desk.leg(({ number }) => number === '+8613900139000');
    expect(now).toMatchObject({
      leg,
      name: 'Li Wei',
      callRef: 'another-journey',
      queueId: 'sales',
      state: 'talking',
    });
    await wire.pbx.first('200', (message) => message.header('CSeq') === `${sequence} INVITE`);
    call.ack(sequence);
  });
});

describe('a change by this desk', () => {
  it('that meets an earlier one is tried again when the PBX says', async () => {
    const { leg, call } = await wire.answered('first');
    wire.pbx.accepts.delete('INVITE');
    const held = wire.desk.phone.hold(leg, true);
    const early = await call.says('INVITE');
    wire.pbx.accepts.add('INVITE');
    wire.pbx.answer(early, '500 Server Internal Error', ['Retry-After: 3']);
    const from = wire.clock.now();
    expect(await wire.whilePassing(held)).toEqual(done);
    expect(wire.clock.now() - from).toBeGreaterThanOrEqual(3_000);
  });

  it('to mute holds for the audio that a repair brings meanwhile', async () => {
    const { leg, call } = await wire.answered('first');
    const mute = wire.media.heldBack('mute');
    const muted = wire.desk.phone.mute(leg, true);
    await mute.asked;
    wire.media.tell({ type: 'ready' });
    const invite = await wire.pbx.first('INVITE', (one) => one.header('Replaces') !== '');
    wire.pbx.answer(invite, '200 OK', [], true);
    const id = invite.header('Call-ID');
    await wire.pbx.first('ACK', (one) => one.header('Call-ID') === id);
    call.bye();
    await call.says('200', 'BYE');
    mute.release();
    expect(await muted).toEqual(done);
    expect(wire.told('mute').at(-1)).toEqual({ session: wire.describedSession(), on: true });
    expect(wire.desk.phone.legs()).toMatchObject([{ leg, muted: true }]);
  });

  it('waits for the desk to tell its new address', async () => {
    const { leg, call } = await wire.answered('first');
    wire.pbx.accepts.delete('INVITE');
    wire.desk.mark();
    wire.pbx.cut();
    await wire.whilePassing(wire.desk.registered());
    const refresh = await call.says('INVITE');
    const transferred = wire.desk.phone.transfer(leg, '2042');
    const held = wire.desk.phone.hold(leg, true);
    expect(wire.pbx.count('REFER')).toBe(0);
    wire.pbx.accepts.add('INVITE');
    wire.pbx.answer(refresh, '200 OK', [], true);
    await call.says('REFER');
    call.notify('486 Busy Here');
    expect(await transferred).toMatchObject({ error: { code: 'number-busy' } });
    await held;
  });
});

describe('a dialled call that was lost with its socket', () => {
  it('and is answered after all gets a goodbye, and no media', async () => {
    await wire.pbx.first('REGISTER');
    expect(await wire.desk.phone.dial('2042')).toMatchObject({ ok: true });
    const invite = await wire.pbx.first('INVITE');
    wire.pbx.registerAnswers = [];
    wire.pbx.cut();
    await wire.desk.ended();
    const register = await wire.whilePassing(wire.pbx.first('REGISTER'));
    wire.pbx.answer(invite, '200 OK', [], true);
    await wire.pbx.first('ACK');
    wire.pbx.registerAnswers = [{ status: 200 }];
    wire.pbx.answer(register, '200 OK', [`Contact: ${wire.pbx.bound}`]);
    await wire.pbx.first('BYE');
    expect(wire.told('accept')).toEqual([]);
  });
});

describe('digits', () => {
  it('go by INFO where the PBX wants them so', async () => {
    wire.desk.phone.follow({ digits: 'info', waitingCalls: 1 });
    const { leg, call } = await wire.answered('first');
    expect(await wire.desk.phone.sendDigits(leg, '4')).toEqual(done);
    const info = await call.says('INFO');
    expect(info.text).toContain('Signal=4\r\n');
    expect(wire.told('digits')).toEqual([]);
  });
});

describe('the report of a call', () => {
  it('has the course of its states', async () => {
    const { leg, call } = await wire.answered('first');
    wire.clock.advance(1_000);
    await wire.desk.phone.hold(leg, true);
    wire.clock.advance(2_000);
    call.bye();
    const { report } = await wire.end(leg);
    const start = report?.states[0]?.at ?? 0;
    expect(report?.states.map(({ state, at }) => [state, at - start])).toEqual([
      ['ringing', 0],
      ['connecting', 0],
      ['talking', 0],
      ['held', 1_000],
      ['ended', 3_000],
    ]);
  });

  it('is not there for a call that was never up', async () => {
    const { leg, call } = await wire.offered('first');
    call.cancel();
    expect(await wire.end(leg)).toMatchObject({ report: null });
  });
});

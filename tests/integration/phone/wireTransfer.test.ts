import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { done, WirePhone } from '#tests/support/wirePhone.ts';

const transferred = { by: 'agent', how: 'transferred', failure: null };
let wire: WirePhone;

beforeEach(async () => {
  wire = await WirePhone.registered();
});

afterEach(() => wire.close());

describe('a blind transfer', () => {
  it('names the target, and leaves once it is reached', async () => {
    const { leg, call } = await wire.answered('first');
    const result = wire.desk.phone.transfer(leg, '2042');
    const refer = await call.says('REFER');
    expect(refer.header('Refer-To')).toBe('<sip:2042@pbx.invalid>');
    expect(refer.header('Referred-By')).toBe('<sip:2041@pbx.invalid>');
    expect(refer.header('Contact')).not.toBe('');
    await wire.desk.leg((now) => now.transferring);
    call.notify('100 Trying');
    await call.says('200', 'NOTIFY');
    expect(wire.state(leg)).toBe('talking');
    call.notify('200 OK', 'terminated;reason=noresource');
    expect(await result).toEqual(done);
    expect(await wire.end(leg)).toMatchObject(transferred);
    await call.says('BYE');
    expect(wire.desk.phone.legs()).toEqual([]);
  });

  it.each([
    ['486 Busy Here', 'number-busy', 486],
    ['404 Not Found', 'number-unknown', 404],
    ['480 Temporarily Unavailable', 'number-unreachable', 480],
    ['403 Forbidden', 'transfer-refused', 403],
  ])('to a target that says %s leaves the call', async (line, code, status) => {
    const { leg, call } = await wire.answered('first');
    const result = wire.desk.phone.transfer(leg, '2042');
    await call.says('REFER');
    call.notify(line, 'terminated;reason=noresource');
    expect(await result).toMatchObject({ ok: false, error: { code, details: { status } } });
    expect(wire.desk.phone.legs()).toMatchObject([
      { leg, state: 'talking', transferring: false, end: null },
    ]);
    expect(wire.pbx.count('BYE')).toBe(0);
    expect(await wire.desk.phone.hold(leg, true)).toEqual(done);
  });

  it.each([
    ['405 Method Not Allowed', 'transfer-refused', 405],
    ['403 Forbidden', 'transfer-refused', 403],
    ['404 Not Found', 'number-unknown', 404],
  ])('that the PBX answers with %s leaves the call', async (answer, code, status) => {
    const { leg, call } = await wire.answered('first');
    wire.pbx.accepts.delete('REFER');
    const result = wire.desk.phone.transfer(leg, '2042');
    wire.pbx.answer(await call.says('REFER'), answer);
    expect(await result).toMatchObject({ ok: false, error: { code, details: { status } } });
    expect(wire.desk.phone.legs()).toMatchObject([{ leg, state: 'talking', transferring: false }]);
  });

  it('of a PBX that tells nothing more (Refer-Sub: false) is done', async () => {
    const { leg, call } = await wire.answered('first');
    wire.pbx.accepts.delete('REFER');
    const result = wire.desk.phone.transfer(leg, '2042');
    wire.pbx.answer(await call.says('REFER'), '200 OK', ['Refer-Sub: false']);
    expect(await result).toEqual(done);
    expect(await wire.end(leg)).toMatchObject(transferred);
  });

  it('about which the PBX is silent is given up, and a late success still ends the call', async () => {
    const { leg, call } = await wire.answered('first');
    const result = wire.desk.phone.transfer(leg, '2042');
    await call.says('REFER');
    expect(await wire.whilePassing(result)).toMatchObject({ error: { code: 'transfer-refused' } });
    expect(wire.state(leg)).toBe('talking');
    call.notify('200 OK', 'terminated;reason=noresource');
    expect(await wire.end(leg)).toMatchObject(transferred);
  });

  it('ends with the caller who hangs up in the middle of it', async () => {
    const { leg, call } = await wire.answered('first');
    const result = wire.desk.phone.transfer(leg, '2042');
    await call.says('REFER');
    call.notify('100 Trying');
    await call.says('200', 'NOTIFY');
    call.bye();
    expect(await wire.end(leg)).toMatchObject({ by: 'customer', how: 'completed' });
    expect(await result).toMatchObject({ ok: false, error: { code: 'call-state' } });
  });

  it('ends with the agent who hangs up in the middle of it', async () => {
    const { leg, call } = await wire.answered('first');
    const result = wire.desk.phone.transfer(leg, '2042');
    await call.says('REFER');
    expect(await wire.desk.phone.hangUp(leg)).toEqual(done);
    expect(await result).toMatchObject({ ok: false, error: { code: 'call-state' } });
    await call.says('BYE');
  });

  it('whose outcome the lost socket hides is told so, and the call is asked after', async () => {
    const { leg, call } = await wire.answered('first');
    wire.pbx.accepts.delete('INVITE');
    const result = wire.desk.phone.transfer(leg, '2042');
    await call.says('REFER');
    wire.desk.mark();
    wire.pbx.cut();
    expect(await result).toMatchObject({ ok: false, error: { code: 'phone-unreachable' } });
    expect(wire.desk.phone.legs()).toMatchObject([{ leg, transferring: false }]);
    await wire.whilePassing(wire.desk.registered());
    wire.pbx.answer(await call.says('INVITE'), '481 Call/Transaction Does Not Exist');
    expect(await wire.end(leg)).toMatchObject({ by: 'system', how: 'failed' });
  });

  it('is the only change of its call', async () => {
    const { leg, call } = await wire.answered('first');
    const result = wire.desk.phone.transfer(leg, '2042');
    await call.says('REFER');
    for (const other of [
      await wire.desk.phone.transfer(leg, '2043'),
      await wire.desk.phone.hold(leg, true),
    ]) {
      expect(other).toMatchObject({ ok: false, error: { code: 'call-state' } });
    }
    call.notify('200 OK');
    expect(await result).toEqual(done);
  });

  it('that fails while another call was taken up puts its call on hold', async () => {
    const first = await wire.answered('first');
    const result = wire.desk.phone.transfer(first.leg, '2042');
    await first.call.says('REFER');
    const second = await wire.answered('second');
    expect(wire.state(first.leg)).toBe('talking');
    first.call.notify('486 Busy Here');
    expect(await result).toMatchObject({ error: { code: 'number-busy' } });
    expect(wire.state(first.leg)).toBe('held');
    expect(wire.state(second.leg)).toBe('talking');
  });

  it('needs a call that is up, and a number', async () => {
    const { leg } = await wire.offered('first');
    expect(await wire.desk.phone.transfer(leg, '2042')).toMatchObject({
      error: { code: 'call-state' },
    });
    expect(await wire.desk.phone.transfer(leg, '20 42')).toMatchObject({
      error: { code: 'number-invalid' },
    });
    expect(await wire.desk.phone.transfer('nobody', '2042')).toMatchObject({
      error: { code: 'call-not-found' },
    });
  });
});

describe('an attended transfer', () => {
  it('names the other dialog, and ends both calls', async () => {
    const { first, second } = await wire.answeredTwo();
    const result = wire.desk.phone.join(first.leg, second.leg);
    const refer = await first.call.says('REFER');
    expect(decodeURIComponent(refer.header('Refer-To'))).toMatch(
      /^<sip:pbx@pbx\.invalid\?Replaces=second;to-tag=f-second;from-tag=[^;>]+>$/u,
    );
    expect(wire.desk.phone.legs()).toMatchObject([{ transferring: true }, { transferring: true }]);
    // The PBX ends what was replaced before it tells of it.
    second.call.bye();
    await second.call.says('200', 'BYE');
    first.call.notify('200 OK', 'terminated;reason=noresource');
    expect(await result).toEqual(done);
    expect(await wire.end(first.leg)).toMatchObject(transferred);
    expect(await wire.end(second.leg)).toMatchObject(transferred);
    await first.call.says('BYE');
    expect(wire.desk.phone.legs()).toEqual([]);
  });

  it('that is refused leaves both calls as they were', async () => {
    const { first, second } = await wire.answeredTwo();
    const result = wire.desk.phone.join(first.leg, second.leg);
    await first.call.says('REFER');
    first.call.notify('481 Call/Transaction Does Not Exist', 'terminated');
    expect(await result).toMatchObject({ error: { code: 'transfer-refused' } });
    expect(wire.state(first.leg)).toBe('held');
    expect(wire.state(second.leg)).toBe('talking');
    expect(await wire.desk.phone.hold(first.leg, false)).toEqual(done);
  });

  it('tells the colleague who hangs up before it is done from one who was joined', async () => {
    const { first, second } = await wire.answeredTwo();
    const result = wire.desk.phone.join(first.leg, second.leg);
    await first.call.says('REFER');
    second.call.bye();
    await second.call.says('200', 'BYE');
    first.call.notify('481 Call/Transaction Does Not Exist', 'terminated');
    expect(await result).toMatchObject({ ok: false });
    expect(await wire.end(second.leg)).toMatchObject({ by: 'customer', how: 'completed' });
    expect(wire.state(first.leg)).toBe('held');
  });

  it('is done where the PBX ends both calls without a word', async () => {
    const { first, second } = await wire.answeredTwo();
    const result = wire.desk.phone.join(first.leg, second.leg);
    await first.call.says('REFER');
    first.call.notify('100 Trying');
    await first.call.says('200', 'NOTIFY');
    second.call.bye();
    await second.call.says('200', 'BYE');
    first.call.bye();
    expect(await result).toEqual(done);
    expect(await wire.end(first.leg)).toMatchObject(transferred);
    expect(await wire.end(second.leg)).toMatchObject(transferred);
  });

  it('during which the caller hangs up leaves the colleague', async () => {
    const { first, second } = await wire.answeredTwo();
    const result = wire.desk.phone.join(first.leg, second.leg);
    await first.call.says('REFER');
    first.call.bye();
    expect(await result).toMatchObject({ error: { code: 'call-state' } });
    expect(await wire.end(first.leg)).toMatchObject({ by: 'customer', how: 'completed' });
    expect(wire.state(second.leg)).toBe('talking');
  });

  it('leaves the desk free for another call, beside which none of them talks if it fails', async () => {
    const { first, second } = await wire.answeredTwo();
    const result = wire.desk.phone.join(first.leg, second.leg);
    await first.call.says('REFER');
    const third = await wire.answered('third');
    first.call.notify('481 Call/Transaction Does Not Exist', 'terminated');
    expect(await result).toMatchObject({ ok: false });
    expect([first, second, third].map(({ leg }) => wire.state(leg))).toEqual([
      'held',
      'held',
      'talking',
    ]);
  });

  it('needs two calls that are up', async () => {
    const { leg } = await wire.answered('first');
    const second = await wire.offered('second');
    expect(await wire.desk.phone.join(leg, second.leg)).toMatchObject({
      error: { code: 'call-state' },
    });
    expect(await wire.desk.phone.join(leg, leg)).toMatchObject({ error: { code: 'call-state' } });
  });
});

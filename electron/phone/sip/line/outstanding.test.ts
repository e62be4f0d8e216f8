import { describe, expect, it } from 'vitest';
import { Outstanding } from './outstanding.ts';

const now = 1_000_000;

function request(method: string, { tag = ';tag=pbx', id = 'call' } = {}): string {
  return [
    `${method} sip:2042@pbx.invalid SIP/2.0`,
    `Via: SIP/2.0/WS desk.invalid;branch=z9hG4bK-${method}-${id}`,
    'From: <sip:2041@pbx.invalid>;tag=desk',
    `To: <sip:2042@pbx.invalid>${tag}`,
    `Call-ID: ${id}`,
    `CSeq: 7 ${method}`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

function answer(to: string, status: number): string {
  return to.replace(/^[^\r]*/u, `SIP/2.0 ${status} Whatever`);
}

describe('requests under way when the socket goes', () => {
  it.each(['INVITE', 'REFER', 'INFO', 'OPTIONS', 'MESSAGE'])(
    '%s in a dialog gets 503',
    (method) => {
      const outstanding = new Outstanding();
      outstanding.sent(request(method), now);
      const [given, ...more] = outstanding.lost(now);
      expect(more).toEqual([]);
      expect(given).toMatch(/^SIP\/2\.0 503 /u);
      expect(given).toContain(`CSeq: 7 ${method}\r\n`);
      expect(given).toContain(`branch=z9hG4bK-${method}-call\r\n`);
      expect(given?.endsWith('Content-Length: 0\r\n\r\n')).toBe(true);
      expect(outstanding.lost(now)).toEqual([]);
    },
  );

  it.each([
    ['a first INVITE, which can be cancelled yet', request('INVITE', { tag: '' })],
    ['REGISTER, which has its own watch', request('REGISTER', { tag: '' })],
    ['what was sent as an answer', answer(request('BYE'), 200)],
  ])('%s gets nothing', (_name, message) => {
    const outstanding = new Outstanding();
    outstanding.sent(message, now);
    expect(outstanding.lost(now)).toEqual([]);
    expect(outstanding.takeUnheard()).toEqual([]);
  });

  it.each([
    [200, 0],
    [481, 0],
    [100, 1],
    [180, 1],
  ])('answered %d already: %d to answer', (status, count) => {
    const outstanding = new Outstanding();
    const hold = request('INVITE');
    outstanding.sent(hold, now);
    outstanding.received(answer(hold, status));
    expect(outstanding.lost(now)).toHaveLength(count);
  });

  it('BYE is said again, once; an answered one is not', () => {
    const outstanding = new Outstanding();
    const unheard = request('BYE', { id: 'one' });
    const heard = request('BYE', { id: 'two' });
    for (const bye of [unheard, heard]) outstanding.sent(bye, now);
    outstanding.received(answer(heard, 200));
    expect(outstanding.lost(now)).toEqual([]);
    expect(outstanding.takeUnheard()).toEqual([unheard]);
    expect(outstanding.takeUnheard()).toEqual([]);
  });

  it('the newest ACK of a call is said again while the PBX still repeats its answer', () => {
    const outstanding = new Outstanding();
    outstanding.sent(request('ACK', { id: 'old' }), now - 5_000);
    outstanding.sent(request('ACK', { id: 'new' }), now - 500);
    expect(outstanding.lost(now)).toEqual([]);
    expect(outstanding.takeUnheard()).toEqual([request('ACK', { id: 'new' })]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AmiMessage, amiText, createAmiReader } from './amiMessages.ts';

function read(...parts: Uint8Array[]): Record<string, string>[] {
  const messages: AmiMessage[] = [];
  const reader = createAmiReader((message) => messages.push(message));
  for (const part of parts) reader(part);
  return messages.map((message) => Object.fromEntries(message));
}
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the reader of AMI', () => {
  it('reads greeting, answer and events', () => {
    const text =
      'Asterisk Call Manager/9.0.0\r\nResponse: Success\r\nActionID: 1\r\n\r\n' +
      'Event: Newchannel\r\nCallerIDName: 王芳: ☎\r\nExten: \r\n\r\n';
    expect(read(bytes(text))).toEqual([
      { response: 'Success', actionid: '1' },
      { event: 'Newchannel', calleridname: '王芳: ☎', exten: '' },
    ]);
  });

  it('lets the first of two equal names count', () => {
    expect(read(bytes('Event: Hangup\r\nevent: Shutdown\r\n\r\n'))).toEqual([{ event: 'Hangup' }]);
  });

  it('cuts a line that does not end, and reads on behind it', () => {
    const [message] = read(
      bytes(`Event: A\r\nName: ${'x'.repeat(50_000)}`),
      bytes(`${'y'.repeat(1_000_000)}\r\nExten: 1\r\n\r\n`),
    );
    expect(message?.name?.length).toBeLessThanOrEqual(8_192);
    expect(message).toMatchObject({ event: 'A', exten: '1' });
  });

  it('passes over what is more than a message holds', () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `Line${index}: x\r\n`).join('');
    const [first, second] = read(bytes(`${lines}\r\nEvent: B\r\n\r\n`));
    expect(Object.keys(first ?? {})).toHaveLength(200);
    expect(second).toEqual({ event: 'B' });
  });

  it('takes no name for one of an object', () => {
    const messages: AmiMessage[] = [];
    createAmiReader((message) => messages.push(message))(bytes('__proto__: x\r\n\r\n'));
    expect(messages[0]?.get('__proto__')).toBe('x');
    expect(messages[0]?.get('constructor')).toBeUndefined();
  });

  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,20}$/u);
  const value = fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .map((text) => text.replace(/[\r\n\0]/gu, '').trim());
  const message = fc.uniqueArray(fc.tuple(name, value), {
    minLength: 1,
    maxLength: 12,
    selector: ([key]) => key.toLowerCase(),
  });

  it('reads the same from any cutting of the bytes', () => {
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(2_000), { maxLength: 30 }),
        (sent, cuts) => {
          const whole = bytes(sent.map(amiText).join(''));
          const places = [...new Set([0, ...cuts.map((cut) => cut % whole.length), whole.length])];
          places.sort((a, b) => a - b);
          const parts = places.slice(1).map((end, index) => whole.slice(places[index], end));
          expect(read(...parts)).toEqual(
            sent.map((pairs) =>
              Object.fromEntries(pairs.map(([key, text]) => [key.toLowerCase(), text])),
            ),
          );
        },
      ),
    );
  });

  it('throws at nothing, and goes on after it', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (parts) => {
        const messages = read(...parts, bytes('\n\nEvent: After\n\n'));
        expect(messages.at(-1)).toEqual({ event: 'After' });
      }),
    );
  });
});

it('writes no header that was smuggled into a value', () => {
  const text = amiText([['Reason', 'lunch\r\nAction: Command\r\n\r\n']]);
  expect(text).toBe('Reason: lunch Action: Command \r\n\r\n');
});

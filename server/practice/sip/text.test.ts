import { describe, expect, it } from 'vitest';
import { callerHeaders, headerText } from './address.ts';
import { parseAvailability } from './lines.ts';
import { parseReplaces } from './replaces.ts';

describe('availability', () => {
  it.each([
    ['ready', { ready: true, reason: '' }],
    [' ready\r\n', { ready: true, reason: '' }],
    ['paused;reason=lunch', { ready: false, reason: 'lunch' }],
    ['paused;reason=after-call', { ready: false, reason: 'after-call' }],
    ['paused', { ready: false, reason: 'paused' }],
    ['paused;reason=', undefined],
    ['paused;reason=two words', undefined],
    ['busy', undefined],
    ['', undefined],
  ])('%j is read as %j', (body, told) => {
    expect(parseAvailability(body)).toEqual(told);
  });
});

describe('Replaces', () => {
  it.each([
    ['a@b;to-tag=1;from-tag=2', { callId: 'a@b', localTag: '1', remoteTag: '2' }],
    ['a ; from-tag=2 ; to-tag=1 ; early-only', { callId: 'a', localTag: '1', remoteTag: '2' }],
    ['a;to-tag=1', undefined],
    [';;;', undefined],
    ['', undefined],
  ])('%j is read as %j', (value, name) => {
    expect(parseReplaces(value)).toEqual(name);
  });
});

describe('what a header says of a caller', () => {
  it('has no line end and no quote of the name', () => {
    expect(headerText('A "b"\r\nVia: x\\')).toBe('A  b   Via: x');
    expect(callerHeaders({ number: '600', name: '王"芳' }).headers).toEqual([
      'P-Asserted-Identity: "王 芳" <sip:600@practice.invalid>',
    ]);
  });

  it('hides who withholds the number', () => {
    const { uri, headers } = callerHeaders({ number: 'anonymous', name: 'Somebody' });
    expect(uri.toString()).toBe('sip:anonymous@anonymous.invalid');
    expect(headers).toEqual(['Privacy: id']);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  callerHeaders,
  connectedParty,
  mostNameCharacters,
  mostNumberCharacters,
  visible,
} from './headers.ts';

function message(headers: Record<string, string>) {
  const all = (name: string): string[] => (headers[name] === undefined ? [] : [headers[name]]);
  return { getHeader: (name: string) => all(name)[0], getHeaders: all };
}

function read(headers: Record<string, string>) {
  return callerHeaders(message(headers), 'call-id-1');
}

describe('callerHeaders', () => {
  test.each<[string, Record<string, string>, { number: string; name: string | null }]>([
    [
      'asserted identity goes before From',
      {
        'P-Asserted-Identity': '"王 芳" <sip:+8613800138000@pbx.example>',
        From: '"PBX" <sip:100@pbx.example>;tag=1',
      },
      { number: '+8613800138000', name: '王 芳' },
    ],
    ['From alone', { From: '"Li" <sip:4001@pbx>;tag=1' }, { number: '4001', name: 'Li' }],
    ['no name', { From: '<sip:4001@pbx>;tag=1' }, { number: '4001', name: null }],
    [
      'a tel URI',
      { 'P-Asserted-Identity': '"A" <tel:+442079460123;x=1>', From: '<sip:1@x>' },
      { number: '+442079460123', name: 'A' },
    ],
    [
      'withheld',
      { From: '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1' },
      { number: 'anonymous', name: 'Anonymous' },
    ],
    ['escaped', { From: '<sip:%23100@pbx>;tag=1' }, { number: '#100', name: null }],
    [
      'a name with quotes',
      { From: '"Li \\"Bo\\" \\\\" <sip:4001@pbx>;tag=1' },
      { number: '4001', name: 'Li "Bo" \\' },
    ],
    ['malformed', { From: '<<>>"' }, { number: '', name: null }],
    [
      'a malformed asserted identity',
      { 'P-Asserted-Identity': '"', From: '"Li" <sip:4001@pbx>' },
      { number: '4001', name: 'Li' },
    ],
    ['nothing', {}, { number: '', name: null }],
    [
      'a direction mark',
      { From: '"\u202eevil\u2066 name\u0007" <sip:1@pbx>' },
      { number: '1', name: 'evil name' },
    ],
  ])('%s', (_title, headers, expected) => {
    expect(read(headers)).toMatchObject(expected);
  });

  test('queue, reference and wait', () => {
    expect(read({ 'X-Queue': 'sales', 'X-Call-Ref': 'u-17.4', 'X-Waited': '12300' })).toMatchObject(
      { queueId: 'sales', callRef: 'u-17.4', waitedMs: 12_300 },
    );
    expect(read({ 'X-Waited': 'soon' })).toMatchObject({
      queueId: null,
      callRef: 'call-id-1',
      waitedMs: null,
    });
  });

  test.each<[string, Record<string, string>, string | null]>([
    ['the header of the PBX', { 'X-Transferred-By': '2042' }, '2042'],
    ['Referred-By', { 'Referred-By': '"Li" <sip:2043@pbx.example>' }, '2043'],
    [
      'the header of the PBX before Referred-By',
      { 'X-Transferred-By': '2042', 'Referred-By': '<sip:2043@pbx.example>' },
      '2042',
    ],
    ['an unreadable Referred-By', { 'Referred-By': '<<>>' }, null],
    ['nothing', {}, null],
  ])('passed on by: %s', (_title, headers, expected) => {
    expect(read(headers).transferredBy).toBe(expected);
  });

  test.each<[Record<string, string>, boolean]>([
    [{ 'Call-Info': '<sip:pbx.example>;answer-after=0' }, true],
    [{ 'Call-Info': '<sip:pbx.example>; Answer-After = 0' }, true],
    [{ 'Call-Info': '<sip:pbx.example>;answer-after=5' }, false],
    [{ 'Call-Info': '<http://pbx.example/icon.png>;purpose=icon' }, false],
    [{ 'Alert-Info': '<http://pbx.example>;info=alert-autoanswer;delay=0' }, true],
    [{ 'Alert-Info': 'info="alert-autoanswer"' }, true],
    [{ 'Alert-Info': '<http://pbx.example>;info=alert-external' }, false],
    [{ 'Answer-Mode': 'Auto;require' }, true],
    [{ 'Answer-Mode': 'Manual' }, false],
    [{}, false],
  ])('taken by itself: %j', (headers, expected) => {
    expect(read(headers).autoAnswer).toBe(expected);
  });

  test('who is listened to', () => {
    expect(read({ 'X-Listen': '2041' }).listening).toBe('2041');
    expect(read({}).listening).toBeNull();
  });

  test('a number of 10,000 characters is capped', () => {
    const { number } = read({ From: `<sip:${'9'.repeat(10_000)}@pbx>;tag=1` });
    expect(number).toHaveLength(mostNumberCharacters);
  });

  test.each<[string, string, string]>([
    ['markup stays text', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['bidi controls go', '\u202egnp.\u2066exe\u2069\u200f', 'gnp.exe'],
    ['a tower of marks is cut', `Z${'\u0351'.repeat(50)}algo`, `Z${'\u0351'.repeat(3)}algo`],
    ['marks of a language stay', 'Nguyễn Thị', 'Nguyễn Thị'],
    ['marks in front go', '\u0351\u0351 Li', 'Li'],
    ['zero width, soft hyphen, tags and fillers go', 'L\u200bi\u00ad\u{e0041}\u3164\u034f', 'Li'],
    ['lines become one', 'Wang\r\n\tFang\u2028Li', 'Wang Fang Li'],
    ['a BOM and a lone surrogate go', '\ufeffWang\ud800', 'Wang'],
    ['Arabic and Chinese stay', 'محمد 王芳', 'محمد 王芳'],
  ])('%s', (_title, text, expected) => {
    expect(visible(text, 200)).toBe(expected);
  });

  test.each(['From', 'P-Asserted-Identity'])(
    'a name of 64 KB in %s is a name of 200 characters',
    (header) => {
      const value = `"${'王'.repeat(65_536)}" <sip:4001@pbx>;tag=1`;
      expect(read({ [header]: value })).toMatchObject({
        number: '4001',
        name: '王'.repeat(mostNameCharacters),
      });
    },
  );

  test('whatever arrives, nothing throws and the caps hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const caller = read({
          From: text,
          'P-Asserted-Identity': `"${text}" <sip:1@x>`,
          'X-Queue': text,
        });
        expect(caller.number.length).toBeLessThanOrEqual(mostNumberCharacters);
        expect((caller.name ?? '').length).toBeLessThanOrEqual(mostNameCharacters);
      }),
    );
    // The grammar takes long to say no.
  }, 60_000);
});

describe('connectedParty', () => {
  const colleague = read({ From: '"徐静" <sip:2041@pbx>;tag=1', 'X-Call-Ref': 'asked' });

  test.each<[string, Record<string, string>, { number: string; name: string | null }]>([
    [
      'a caller',
      { 'P-Asserted-Identity': '<sip:+8613800138000@pbx>' },
      { number: '+8613800138000', name: null },
    ],
    ['a caller who withholds the number', { Privacy: 'id' }, { number: 'anonymous', name: null }],
    ['nobody new', { Privacy: 'none' }, { number: '2041', name: '徐静' }],
  ])('%s', (_name, headers, party) => {
    const met = connectedParty(message({ ...headers, 'X-Call-Ref': 'passed-on' }), colleague);
    expect(met).toMatchObject({ ...party, callRef: 'passed-on' });
  });
});

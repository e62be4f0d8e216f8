import { describe, expect, it } from 'vitest';
import type { ImportEncoding } from '#shared/sync/importing.ts';
import { vcardColumns, vcardRows } from './vcardRows.ts';

async function cardsOf(text: string | Uint8Array, encoding: ImportEncoding = 'utf-8') {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 11) yield bytes.subarray(at, at + 11);
  }
  const cards: Record<string, string>[] = [];
  for await (const group of vcardRows(pieces(), encoding)) {
    for (const { cells } of group) {
      const named = vcardColumns.map((column, index) => [column, cells[index] ?? ''] as const);
      cards.push(Object.fromEntries(named.filter(([, cell]) => cell !== '')));
    }
  }
  return cards;
}

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n');

describe('cards', () => {
  it('of 4.0, folded, with parameters, groups and escapes', async () => {
    const text = card(
      'VERSION:4.0',
      'FN:Erika Mus',
      ' termann',
      'item1.TEL;TYPE="cell,voice";VALUE=uri:tel:+49-170-1234567',
      'TEL;TYPE=work:010-6234 5678',
      'EMAIL;TYPE=home:erika@mail.example',
      'EMAIL:second@mail.example',
      'ADR;LABEL="a: b":;;Heidestr. 17;Köln;;51147;Germany',
      'NOTE:one\\, two\\nthree',
      'ORG:Water\\; Heat;Sales',
      'PHOTO:data:image/jpeg;base64,AAAA',
      ' BBBB',
      'BDAY:1964-08-12',
      'UID:urn:uuid:1',
    );
    expect(await cardsOf(text)).toEqual([
      {
        FN: 'Erika Mustermann',
        'TEL;CELL': '+49-170-1234567',
        'TEL;WORK': '010-6234 5678',
        EMAIL: 'erika@mail.example\nsecond@mail.example',
        ADR: 'Heidestr. 17, 51147 Köln, Germany',
        NOTE: 'one, two\nthree',
        ORG: 'Water; Heat Sales',
        BDAY: '1964-08-12',
        UID: 'urn:uuid:1',
      },
    ]);
  });

  it('of 2.1, quoted-printable over several lines, in GB18030, with a photo', async () => {
    const text = card(
      'VERSION:2.1',
      'N;CHARSET=GB18030;ENCODING=QUOTED-PRINTABLE:=CD=F5;=D0=A1=',
      '=C3=F7',
      'TEL;CELL;PREF:13800138000',
      'PHOTO;ENCODING=BASE64;JPEG:',
      ` ${'A'.repeat(60)}`,
      '',
      'ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;=E5=8D=97=E4=BA=AC=E8=B7=AF;=E4=B8=8A=E6=B5=B7;;;',
    );
    expect(await cardsOf(text)).toEqual([
      { FN: '王小明', 'TEL;CELL': '13800138000', ADR: '上海南京路' },
    ]);
  });

  it('several in a file, in any encoding', async () => {
    const text = card('FN:甲') + card('N:Lee;Ann;B') + card('VERSION:3.0');
    expect(await cardsOf(Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le')).toEqual([
      { FN: '甲' },
      { FN: 'Ann B Lee' },
      {},
    ]);
  });

  it.each([
    ['nothing of the kind', 'hello\n', 'no-cards'],
    ['a line without end', card(`NOTE:${'x'.repeat(3_000_000)}`), 'row-too-long'],
  ])('are not %s', async (_, text, failure) => {
    await expect(cardsOf(text)).rejects.toMatchObject({ failure });
  });

  it('with a photo on one long line are read without it', async () => {
    const text = card('FN:A', `PHOTO:${'x'.repeat(3_000_000)}`, 'EMAIL:a@mail.example');
    expect(await cardsOf(text)).toEqual([{ FN: 'A', EMAIL: 'a@mail.example' }]);
  });
});

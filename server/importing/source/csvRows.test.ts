import { describe, expect, it } from 'vitest';
import type { ImportEncoding } from '#shared/sync/importing.ts';
import { type CsvSettings, csvRows } from './csvRows.ts';
import { FileError } from './rows.ts';

async function* pieces(bytes: Uint8Array, size = 7) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rowsOf(bytes: Uint8Array, settings: Partial<CsvSettings> = {}) {
  const rows: string[][] = [];
  const usual = { encoding: 'utf-8', delimiter: ',', quote: '"' } as const;
  for await (const group of csvRows(pieces(bytes), { ...usual, ...settings })) {
    for (const { cells } of group) rows.push(cells);
  }
  return rows;
}

const gb18030 = Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xcd, 0xf5, 0x81, 0x30, 0x81, 0x30]);

describe('rows of a delimited text', () => {
  it.each<[string, Uint8Array, Partial<CsvSettings>, string[][]]>([
    [
      'quotes, doubled quotes, line ends inside',
      Buffer.from('a,"b ""c""\r\nd"\r\ne,f'),
      {},
      [
        ['a', 'b "c"\r\nd'],
        ['e', 'f'],
      ],
    ],
    ['a byte order mark', Buffer.from('\ufeffa,b\n'), {}, [['a', 'b']]],
    [
      'ragged rows',
      Buffer.from('a,b,c\nd\ne,f,g,h\n'),
      {},
      [['a', 'b', 'c'], ['d'], ['e', 'f', 'g', 'h']],
    ],
    ['all line ends', Buffer.from('a\rb\nc\r\nd'), {}, [['a'], ['b'], ['c'], ['d']]],
    ['quotes inside of a plain cell', Buffer.from('5" pipe,b\n'), {}, [['5" pipe', 'b']]],
    ['no quotes at all', Buffer.from('"a;b\n'), { quote: 'none', delimiter: ';' }, [['"a', 'b']]],
    ['single quotes', Buffer.from("'a,b',c\n"), { quote: "'" }, [['a,b', 'c']]],
    ['U+0000', Buffer.from('a\0b,c\n'), {}, [['a\0b', 'c']]],
    ['GB18030 cut anywhere', gb18030, { encoding: 'gb18030' }, [['姓名', '王\u0080']]],
    ['UTF-16', Buffer.from('\ufeff姓,名\n', 'utf16le'), { encoding: 'utf-16le' }, [['姓', '名']]],
    ['nothing', Buffer.alloc(0), {}, []],
  ])('%s', async (_, bytes, settings, rows) => {
    expect(await rowsOf(bytes, settings)).toEqual(rows);
  });

  it('marks what the encoding cannot read', async () => {
    expect(await rowsOf(gb18030)).toEqual([[expect.stringContaining('\ufffd'), expect.anything()]]);
    const strange: ImportEncoding = 'gb18030';
    expect(
      (await rowsOf(Buffer.from([0xff, 0x2c, 0x61]), { encoding: strange }))[0]?.[0],
    ).toContain('\ufffd');
  });

  it('says in which row a quote is never closed', async () => {
    const error = await rowsOf(Buffer.from('a,b\nc,"d\ne,f\n')).catch((one: unknown) => one);
    expect(error).toEqual(new FileError('quote-not-closed', 2));
  });

  it('gives up a row of a hundred megabytes after the first', async () => {
    let read = 0;
    async function* endless() {
      yield Buffer.from('a,b\n');
      for (; read < 100; read += 1) yield Buffer.alloc(1_048_576, 'x');
    }
    const settings = { encoding: 'utf-8', delimiter: ',', quote: '"' } as const;
    const work = async () => {
      for await (const _ of csvRows(endless(), settings));
    };
    await expect(work()).rejects.toMatchObject({ failure: 'row-too-long', row: 2 });
    expect(read).toBeLessThan(5);
  });
});

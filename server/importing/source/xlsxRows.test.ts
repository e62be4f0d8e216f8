import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { type XlsxCell, xlsxStream } from '../../exporting/xlsx.ts';
import type { SourceRow } from './rows.ts';
import { sheetNames, xlsxRows } from './xlsxRows.ts';

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';

let folder: string;
let made = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-xlsx-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Parts {
  sheet?: string;
  strings?: string;
  styles?: string;
  workbookPr?: string;
  more?: Record<string, Buffer>;
}

/** A workbook with one sheet, put together by hand. */
async function workbook({ sheet = '', strings, styles, workbookPr = '', more = {} }: Parts) {
  const zip = new ZipFile();
  const put = (path: string, xml: string) => zip.addBuffer(Buffer.from(xml), path);
  put(
    '_rels/.rels',
    `<Relationships ${packaged}><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  put(
    'xl/workbook.xml',
    `<workbook ${main} xmlns:r="${relations}">${workbookPr}<sheets><sheet name="甲" sheetId="1" r:id="r1"/><sheet name="hidden" sheetId="2" state="hidden" r:id="r1"/></sheets></workbook>`,
  );
  put(
    'xl/_rels/workbook.xml.rels',
    `<Relationships ${packaged}><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${relations}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="r3" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
  );
  put('xl/worksheets/sheet1.xml', `<worksheet ${main}><sheetData>${sheet}</sheetData></worksheet>`);
  if (strings) put('xl/sharedStrings.xml', `<sst ${main}>${strings}</sst>`);
  if (styles) put('xl/styles.xml', `<styleSheet ${main}>${styles}</styleSheet>`);
  for (const [path, bytes] of Object.entries(more)) zip.addBuffer(bytes, path);
  zip.end();
  return written(zip.outputStream);
}

async function written(stream: NodeJS.ReadableStream): Promise<string> {
  made += 1;
  const path = join(folder, `${made}.xlsx`);
  await pipeline(stream, createWriteStream(path));
  return path;
}

async function rowsOf(path: string, sheet: string | null = null): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const group of xlsxRows({ path, sheet })) rows.push(...group);
  return rows;
}

const dates =
  '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="00000000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>';

describe('rows of a workbook', () => {
  it('takes every kind of cell for what it is', async () => {
    const strings =
      '<si><t>王小明</t></si><si><r><t>two </t></r><r><rPr><b/></rPr><t>parts</t></r><rPh><t>hint</t></rPh></si>';
    const sheet = `
      <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="D2"><v>13800138000</v></c><c r="E2"><v>1.38E+10</v></c></row>
      <row r="4"><c t="inlineStr"><is><t>a_x000D_b</t></is></c><c t="b"><v>1</v></c><c><v>0.1</v></c><c s="1"><v>45352</v></c><c s="2"><v>45352.5</v></c><c s="3"><v>123</v></c><c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v>text</v></c></row>`;
    const rows = await rowsOf(await workbook({ sheet, strings, styles: dates }));
    expect(rows).toEqual([
      { row: 2, cells: ['王小明', 'two parts', '', '13800138000', '13800000000'] },
      {
        row: 4,
        cells: [
          'a\rb',
          'TRUE',
          '0.1',
          '2024-03-01',
          '2024-03-01 12:00:00',
          '00000000123',
          '2',
          'text',
        ],
      },
    ]);
  });

  it('tells errors, and formulas nobody has worked out', async () => {
    const sheet = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>NOW()</f></c></row>';
    const [row] = await rowsOf(await workbook({ sheet }));
    expect(row?.faults).toEqual([
      { column: 0, reason: 'cell-error', value: '#N/A' },
      { column: 1, reason: 'formula-without-value', value: '' },
    ]);
  });

  it.each([
    ['', ['1900-01-01', '1900-02-28', '1900-03-01', '2024-03-01']],
    ['<workbookPr date1904="1"/>', ['1904-01-02', '1904-02-29', '1904-03-02', '2028-03-02']],
  ])('counts days as the workbook does (%s)', async (workbookPr, days) => {
    const cells = [1, 59, 61, 45352].map((serial) => `<c s="1"><v>${serial}</v></c>`).join('');
    const path = await workbook({ sheet: `<row r="1">${cells}</row>`, styles: dates, workbookPr });
    expect((await rowsOf(path))[0]?.cells).toEqual(days);
  });

  it('finds a sheet by its name', async () => {
    const path = await workbook({ sheet: '<row r="1"><c><v>1</v></c></row>' });
    expect(await sheetNames(path)).toEqual(['甲']);
    expect(await rowsOf(path, '甲')).toHaveLength(1);
    await expect(rowsOf(path, 'elsewhere')).rejects.toMatchObject({ failure: 'sheet-missing' });
  });

  it.each<[string, Parts | Buffer, string]>([
    ['no archive', Buffer.from('PK\u0003\u0004 and nothing'), 'not-a-workbook'],
    ['no XML', { sheet: '<row' }, 'not-a-workbook'],
    [
      'entities of its own',
      { sheet: '<row r="1"><c t="inlineStr"><is><t>&lol;</t></is></c></row>' },
      'not-a-workbook',
    ],
    ['rows that go back', { sheet: '<row r="3"/><row r="2"/>' }, 'not-a-workbook'],
    [
      'a bomb',
      { more: { 'xl/worksheets/sheet1.xml': Buffer.alloc(70 * 1_048_576, '<row/>') } },
      'too-large-inside',
    ],
    [
      'a cell far to the right',
      { sheet: '<row r="1"><c r="XFD1"><v>1</v></c></row>' },
      'too-many-columns',
    ],
  ])('refuses %s', async (_, parts, failure) => {
    const path = Buffer.isBuffer(parts)
      ? await written(
          (async function* () {
            yield parts;
          })() as unknown as NodeJS.ReadableStream,
        )
      : await workbook(parts);
    await expect(rowsOf(path)).rejects.toMatchObject({ failure });
  });

  it('reads what our own exports write, with their real types', async () => {
    const rows: (XlsxCell | null)[][] = [
      [
        { type: 'text', value: '=1+1' },
        { type: 'number', value: 12.5, digits: 2 },
        null,
        { type: 'date', value: '2024-02-29' },
      ],
      [
        { type: 'text', value: ' a\u0007<b>_x0041_ ' },
        { type: 'number', value: -3, digits: 0 },
        { type: 'time', value: new Date(2024, 1, 2, 3, 4).getTime() },
        null,
      ],
    ];
    async function* all() {
      yield* rows;
    }
    const columns = ['a', 'b', 'c', 'd'].map((title) => ({ title, width: 10 }));
    const path = await written(xlsxStream({ name: 'sheet', columns, rows: all() }));
    expect((await rowsOf(path)).map(({ cells }) => cells)).toEqual([
      ['a', 'b', 'c', 'd'],
      ['=1+1', '12.5', '', '2024-02-29'],
      [' a\u0007<b>_x0041_ ', '-3', '2024-02-02 03:04:00'],
    ]);
  });
});

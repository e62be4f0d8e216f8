import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { isDangerous } from '#shared/domain/text/neutralise.ts';

/**
 * `date`: `YYYY-MM-DD`; `time`: ms UTC, shown in the server's local time; `local`: what the clocks of another place show,
 * as if it were UTC, ms; `rate`: 0 to 1, shown as a percentage; `duration`: ms, shown as hours, minutes and seconds.
 */
export type XlsxCell =
  | { type: 'text'; value: string }
  | { type: 'number'; value: number; digits: number }
  | { type: 'date'; value: string }
  | { type: 'time'; value: number }
  | { type: 'local'; value: number }
  | { type: 'rate'; value: number }
  | { type: 'duration'; value: number };

export interface XlsxColumn {
  title: string;
  /** In characters. */
  width: number;
}

export interface XlsxSheet {
  name: string;
  columns: readonly XlsxColumn[];
  rows: AsyncIterable<readonly (XlsxCell | null)[]>;
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const contentTypes = 'http://schemas.openxmlformats.org/package/2006/content-types';

const style = {
  ...{ text: 0, header: 1, date: 2, time: 3, sign: 4 },
  ...{ number: [5, 6, 7, 8], rate: 9, duration: 10 },
} as const;
/** Rows a sheet can hold (ECMA-376 as spreadsheets keep it); what goes beyond gets a sheet of its own. */
const maxSheetRows = 1_048_576;
const pieceLength = 65_536;

/**
 * A workbook as a stream (ECMA-376), with cells of their real types, a header that stays in sight, and a filter. Rows
 * beyond what a sheet holds go on in a further one. Whatever `rows` throws, the stream fails with.
 */
export function xlsxStream(...sheets: readonly XlsxSheet[]): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  zip.outputStream.on('error', (error: Error) => out.destroy(error));
  zip.on('error', (error: unknown) => out.destroy(error as Error));
  zip.outputStream.pipe(out);
  fill(zip, sheets).catch((error: unknown) => {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return out;
}

type Rows = AsyncIterator<readonly (XlsxCell | null)[]>;

async function fill(zip: ZipFile, sheets: readonly XlsxSheet[]): Promise<void> {
  const names: string[] = [];
  for (const { name, columns, rows } of sheets) {
    const iterator = rows[Symbol.asyncIterator]();
    let more = true;
    for (let part = 1; more; part += 1) {
      names.push(part === 1 ? name : `${name} ${part}`);
      const sheet = new PassThrough();
      zip.addReadStream(sheet, `xl/worksheets/sheet${names.length}.xml`);
      more = await writeSheet(sheet, columns, iterator);
    }
  }
  const text = (path: string, xml: string) => zip.addBuffer(Buffer.from(head + xml), path);
  text('xl/styles.xml', styles());
  text('xl/workbook.xml', workbook(names));
  text('xl/_rels/workbook.xml.rels', workbookRelations(names.length));
  text('_rels/.rels', relationsXml([['officeDocument', 'xl/workbook.xml']]));
  text('[Content_Types].xml', types(names.length));
  zip.end();
}

/** Answers whether there are rows left for a further sheet. */
async function writeSheet(
  out: PassThrough,
  columns: readonly XlsxColumn[],
  rows: Rows,
): Promise<boolean> {
  let piece = `${head}<worksheet xmlns="${main}">${frozenHeader}${widths(columns)}<sheetData>`;
  piece += rowXml(
    1,
    columns.map(({ title }) => textXml(title, style.header)),
  );
  let row = 1;
  let more = true;
  try {
    while (row < maxSheetRows) {
      const next = await rows.next();
      if (next.done) {
        more = false;
        break;
      }
      row += 1;
      piece += rowXml(row, next.value.map(cellXml));
      if (piece.length < pieceLength) continue;
      if (!out.write(piece)) await once(out, 'drain');
      piece = '';
    }
  } catch (error) {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
  const last = `${columnName(Math.max(0, columns.length - 1))}${row}`;
  out.end(`${piece}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`);
  return more;
}

const frozenHeader =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

function widths(columns: readonly XlsxColumn[]): string {
  const each = columns.map(
    ({ width }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return `<cols>${each.join('')}</cols>`;
}

function rowXml(row: number, cells: readonly string[]): string {
  return `<row r="${row}">${cells.join('')}</row>`;
}

function cellXml(cell: XlsxCell | null): string {
  if (cell === null) return '<c/>';
  switch (cell.type) {
    case 'text':
      return cell.value === ''
        ? '<c/>'
        : textXml(cell.value, isDangerous(cell.value) ? style.sign : style.text);
    case 'number':
      return `<c s="${style.number[Math.min(cell.digits, 3)]}"><v>${cell.value}</v></c>`;
    case 'date':
      return numberXml(serialOf(Date.parse(`${cell.value}T00:00:00Z`)), style.date, cell.value);
    case 'local':
      return numberXml(serialOf(cell.value), style.time, new Date(cell.value).toISOString());
    case 'rate':
      return `<c s="${style.rate}"><v>${cell.value}</v></c>`;
    case 'duration':
      return `<c s="${style.duration}"><v>${cell.value / dayMs}</v></c>`;
    case 'time': {
      const local = cell.value - new Date(cell.value).getTimezoneOffset() * 60_000;
      return numberXml(serialOf(local), style.time, new Date(cell.value).toISOString());
    }
  }
}

/** Days before March 1900 have no number that every spreadsheet reads alike. */
function numberXml(serial: number, styleId: number, otherwise: string): string {
  return serial >= 61 ? `<c s="${styleId}"><v>${serial}</v></c>` : textXml(otherwise, style.text);
}

const dayMs = 86_400_000;

function serialOf(ms: number): number {
  return (ms - Date.UTC(1899, 11, 30)) / dayMs;
}

const maxCellLength = 32_767;

function textXml(value: string, styleId: number): string {
  const text = escaped(
    value.length > maxCellLength ? value.slice(0, maxCellLength).toWellFormed() : value,
  );
  const space = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : '';
  return `<c s="${styleId}" t="inlineStr"><is><t${space}>${text}</t></is></c>`;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML cannot hold are written as `_x0007_` (ECMA-376 §22.9.2.19). */
function escaped(text: string): string {
  return text
    .replace(/_x(?=[0-9a-f]{4}_)/gi, '_x005F_x')
    .replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML cannot hold.
      /[\0-\x08\x0b\x0c\r\x0e-\x1f\ufffe\uffff]/g,
      (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
}

function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

function styles(): string {
  const formats = ['0', '#,##0.0', '#,##0.00', '#,##0.000'];
  const codes = ['yyyy-mm-dd', 'yyyy-mm-dd hh:mm', ...formats, '0.0%', '[h]:mm:ss'];
  const numFmts = codes
    .map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`)
    .join('');
  const xf = (rest: string) => `<xf fontId="0" fillId="0" borderId="0" xfId="0" ${rest}/>`;
  const dated = [164, 165].map((id) => xf(`numFmtId="${id}" applyNumberFormat="1"`));
  const numbers = formats.map((_, index) => xf(`numFmtId="${166 + index}" applyNumberFormat="1"`));
  const cells = [
    xf('numFmtId="49" applyNumberFormat="1"'),
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
    ...dated,
    xf('numFmtId="49" applyNumberFormat="1" quotePrefix="1"'),
    ...numbers,
    ...[170, 171].map((id) => xf(`numFmtId="${id}" applyNumberFormat="1"`)),
  ];
  return `<styleSheet xmlns="${main}"><numFmts count="${codes.length}">${numFmts}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length}">${cells.join('')}</cellXfs></styleSheet>`;
}

function workbook(names: readonly string[]): string {
  const each = names.map(
    (name, index) =>
      `<sheet name="${escaped(sheetName(name))}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${each.join('')}</sheets></workbook>`;
}

/** Spreadsheets allow neither these signs nor more than 31 characters. */
function sheetName(name: string): string {
  return name
    .replaceAll(/[[\]:*?/\\]/g, ' ')
    .slice(0, 31)
    .toWellFormed();
}

function workbookRelations(sheets: number): string {
  const each = Array.from(
    { length: sheets },
    (_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const,
  );
  return relationsXml([...each, ['styles', 'styles.xml']]);
}

function relationsXml(targets: readonly (readonly [type: string, target: string])[]): string {
  const each = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${relations}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${packageRelations}">${each.join('')}</Relationships>`;
}

function types(sheets: number): string {
  const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const part = (path: string, type: string) =>
    `<Override PartName="/${path}" ContentType="${spreadsheet}.${type}+xml"/>`;
  const each = Array.from({ length: sheets }, (_, index) =>
    part(`xl/worksheets/sheet${index + 1}.xml`, 'worksheet'),
  );
  return `<Types xmlns="${contentTypes}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part('xl/workbook.xml', 'sheet.main')}${part('xl/styles.xml', 'styles')}${each.join('')}</Types>`;
}

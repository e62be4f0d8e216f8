import type { Readable } from 'node:stream';
import type PDFDocument from 'pdfkit';
import { cellText } from '#shared/domain/reports/cellText.ts';
import type { Cell } from '#shared/sync/reports.ts';
import type { DocumentColumn, ReportDocument } from './document.ts';
import { FontAbsentError, isLatin, type ReportFont } from './font.ts';

/** More is for a spreadsheet: what is left out is told at the end. */
const mostPdfRows = 2_000;
/** After so many rows others have their turn on this thread. */
const rowsAtOnce = 20;

const margin = 36;
const fontSize = 7.5;
const padding = 3;
const light = '#d0d5dd';
const grey = '#667085';
const headFill = '#f2f4f7';

type Doc = InstanceType<typeof PDFDocument>;

const leftTypes = new Set(['text', 'date', 'time']);

/**
 * The report laid out for A4 across: title, facts, the table with its header on every page, formulas and notes, page
 * numbers. A table that is wider than the page goes on below in further bands, each with the first columns again. Fonts
 * are embedded as far as they are used. Throws `FontAbsentError` where there is none for the text.
 */
export async function pdfFile(report: ReportDocument, font: ReportFont | null): Promise<Readable> {
  if (font === null && !isLatin(allText(report))) {
    throw new FontAbsentError('no font with Chinese characters was found');
  }
  // With its fonts and tables it is a tenth of a server's start, and most servers never write one.
  const { default: Document } = await import('pdfkit');
  const doc = new Document({
    ...{ size: 'A4', layout: 'landscape', margin, bufferPages: true },
    info: { Title: report.title },
  });
  if (font) doc.registerFont('report', font.path, font.name ?? undefined);
  else doc.registerFont('report', 'Helvetica');
  doc.font('report').fontSize(fontSize);
  drawHead(doc, report);
  await drawTable(doc, report);
  drawFormulas(doc, report);
  numberPages(doc, report);
  doc.end();
  return doc;
}

function allText({ title, facts, formulas, notes, columns, rows }: ReportDocument): string {
  const texts = [title, ...notes, ...columns.map((column) => column.title)];
  for (const { label, text } of [...facts, ...formulas]) texts.push(label, text);
  for (const row of rows.slice(0, mostPdfRows)) {
    for (const cell of row) if (typeof cell === 'string') texts.push(cell);
  }
  return texts.join('\n');
}

function drawHead(doc: Doc, { title, facts }: ReportDocument): void {
  doc.fontSize(15).fillColor('black').text(title);
  doc.moveDown(0.3).fontSize(fontSize);
  for (const { label, text } of facts) {
    doc.fillColor(grey).text(`${label}  `, { continued: true });
    doc.fillColor('black').text(text);
  }
  doc.moveDown(0.8);
}

interface Placed extends DocumentColumn {
  index: number;
  width: number;
}

async function drawTable(doc: Doc, report: ReportDocument): Promise<void> {
  const { rows, totals } = report;
  for (const band of bandsOf(report, doc.page.width - 2 * margin)) {
    if (doc.y + 60 > bottomOf(doc)) doc.addPage();
    drawHeader(doc, band);
    let drawn = 0;
    for (const row of rows.slice(0, mostPdfRows)) {
      drawRow(doc, report, band, row, false);
      drawn += 1;
      if (drawn % rowsAtOnce === 0) await new Promise<void>((turn) => setImmediate(turn));
    }
    if (totals) drawRow(doc, report, band, totals, true);
    doc.moveDown(1);
  }
  if (rows.length > mostPdfRows) {
    doc.fillColor(grey).text(`1 – ${mostPdfRows} / ${rows.length}`, margin);
    doc.moveDown(0.5);
  }
}

/** Columns side by side as far as the page goes; the first one (and the group) is repeated in every band. */
function bandsOf({ columns, rows }: ReportDocument, room: number): Placed[][] {
  const placed = columns.map((column, index) => ({
    ...column,
    index,
    width: widthOf(column, index, rows),
  }));
  const repeated = placed.filter(({ type, index }) => index < 2 && type !== 'count').slice(0, 2);
  const bands: Placed[][] = [];
  let band: Placed[] = [];
  const used = (all: Placed[]) => all.reduce((sum, { width }) => sum + width, 0);
  for (const column of placed) {
    if (band.length > 0 && used(band) + column.width > room) {
      bands.push(band);
      band = [...repeated];
    }
    band.push(column);
  }
  bands.push(band);
  return bands.map((one) => stretched(one, room));
}

const longTexts = 24;

/** Points, by what stands in the column. */
function widthOf({ type }: DocumentColumn, index: number, rows: readonly Cell[][]): number {
  if (type !== 'text') return type === 'time' ? 74 : type === 'date' ? 52 : 48;
  const longest = rows
    .slice(0, 200)
    .reduce((most, row) => Math.max(most, String(row[index] ?? '').length), 0);
  return longest > longTexts ? 120 : longest > 10 ? 90 : 60;
}

function stretched(band: Placed[], room: number): Placed[] {
  const sum = band.reduce((all, { width }) => all + width, 0);
  const factor = Math.min(room / sum, 1.6);
  return band.map((column) => ({ ...column, width: column.width * factor }));
}

const bottomOf = (doc: Doc) => doc.page.height - margin - 14;

function drawHeader(doc: Doc, band: Placed[]): void {
  const height = heightOf(
    doc,
    band.map(({ title, width }) => ({ text: title, width })),
  );
  const top = doc.y;
  const width = band.reduce((sum, column) => sum + column.width, 0);
  doc.rect(margin, top, width, height).fill(headFill);
  drawCells(doc, band, top, ({ title }) => title, 'black');
  doc.y = top + height;
}

function drawRow(
  doc: Doc,
  { zone }: ReportDocument,
  band: Placed[],
  row: readonly Cell[],
  isTotal: boolean,
): void {
  const textOf = ({ type, index }: Placed) => cellText(type, row[index] ?? null, zone);
  const room = bottomOf(doc) - margin - 60;
  const height = Math.min(
    room,
    heightOf(
      doc,
      band.map((column) => ({ text: textOf(column), width: column.width })),
    ),
  );
  if (doc.y + height > bottomOf(doc)) {
    doc.addPage();
    drawHeader(doc, band);
  }
  const top = doc.y;
  const width = band.reduce((sum, column) => sum + column.width, 0);
  if (isTotal) doc.rect(margin, top, width, height).fill(headFill);
  drawCells(doc, band, top, textOf, 'black', height);
  doc
    .moveTo(margin, top + height)
    .lineTo(margin + width, top + height)
    .lineWidth(0.5)
    .stroke(light);
  doc.y = top + height;
}

function heightOf(doc: Doc, cells: { text: string; width: number }[]): number {
  const highest = cells.reduce((most, { text, width }) => {
    if (text === '') return most;
    return Math.max(most, doc.heightOfString(text, { width: width - 2 * padding }));
  }, doc.currentLineHeight());
  return highest + 2 * padding;
}

function drawCells(
  doc: Doc,
  band: Placed[],
  top: number,
  textOf: (column: Placed) => string,
  color: string,
  height?: number,
): void {
  let left = margin;
  doc.fillColor(color);
  for (const column of band) {
    const text = textOf(column);
    if (text !== '') {
      doc.text(text, left + padding, top + padding, {
        width: column.width - 2 * padding,
        align: leftTypes.has(column.type) ? 'left' : 'right',
        ...(height === undefined ? {} : { height: height - padding, ellipsis: true }),
      });
    }
    left += column.width;
  }
}

function drawFormulas(doc: Doc, { formulas, notes, words }: ReportDocument): void {
  const part = (title: string) => {
    if (doc.y + 40 > bottomOf(doc)) doc.addPage();
    doc.moveDown(0.6).fontSize(10).fillColor('black').text(title, margin);
    doc.fontSize(fontSize);
  };
  if (formulas.length > 0) {
    part(words.formulas);
    for (const { label, text } of formulas) {
      doc.fillColor('black').text(`${label}  `, margin, doc.y, { continued: true });
      doc.fillColor(grey).text(text);
    }
  }
  if (notes.length > 0) {
    part(words.notes);
    for (const note of notes) doc.fillColor(grey).text(note, margin);
  }
}

function numberPages(doc: Doc, { words }: ReportDocument): void {
  const { start, count } = doc.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    doc.switchToPage(start + index);
    // Below the margin a text would begin a new page.
    doc.page.margins.bottom = 0;
    doc
      .fillColor(grey)
      .fontSize(fontSize)
      .text(words.page(index + 1, count), margin, doc.page.height - margin + 6, {
        width: doc.page.width - 2 * margin,
        align: 'right',
        lineBreak: false,
      });
    doc.page.margins.bottom = margin;
  }
}

import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { maxImportColumns } from '#shared/sync/importing.ts';
import { type CellFault, FileError, maxRowBytes, type SourceRow } from './rows.ts';
import { TextSpool } from './textSpool.ts';
import { readSharedStrings, readWorkbook, unescapeText, type Workbook } from './workbook.ts';
import { columnOf, plainFormat, textOfNumber } from './xlsxCells.ts';
import { readXml } from './xml.ts';
import { type Archive, openArchive } from './zipFile.ts';

/** Names of the visible sheets of the workbook at `path`. Throws `FileError`. */
export async function sheetNames(path: string): Promise<string[]> {
  const archive = await openArchive(path);
  try {
    return (await readWorkbook(archive)).sheets.map(({ name }) => name);
  } finally {
    archive.close();
  }
}

export interface XlsxOptions {
  /** The workbook's file; what is put aside meanwhile stands beside it. */
  path: string;
  /** Null: the first sheet. */
  sheet: string | null;
  /** Told how far the sheet is read, in unpacked bytes, and how many it has. */
  onRead?(bytes: number, of: number): void;
}

/**
 * Rows of one sheet, read as a stream: neither the sheet nor the texts it refers to are in memory at once. Of formulas
 * counts what the spreadsheet worked out. Throws `FileError`.
 */
export async function* xlsxRows({ path, sheet, onRead }: XlsxOptions): AsyncGenerator<SourceRow[]> {
  const archive = await openArchive(path);
  const spoolPath = `${path}.${randomUUID()}.texts`;
  const texts = new TextSpool(spoolPath);
  try {
    const workbook = await readWorkbook(archive);
    const chosen =
      sheet === null ? workbook.sheets[0] : workbook.sheets.find(({ name }) => name === sheet);
    if (!chosen) throw new FileError('sheet-missing');
    await readSharedStrings(archive, texts);
    const reader = new SheetReader(workbook, texts);
    const bytes = counted(archive, chosen.part, onRead);
    for await (const _ of readXml(bytes, reader)) {
      const rows = reader.take();
      if (rows.length > 0) yield rows;
    }
  } finally {
    texts.close();
    rmSync(spoolPath, { force: true });
    archive.close();
  }
}

async function* counted(
  archive: Archive,
  part: string,
  onRead: XlsxOptions['onRead'],
): AsyncGenerator<Uint8Array> {
  const of = archive.sizeOf(part) ?? 0;
  let bytes = 0;
  for await (const piece of archive.read(part)) {
    yield piece;
    bytes += piece.length;
    onRead?.(bytes, of);
  }
}

interface Cell {
  column: number;
  type: string;
  style: number;
  value: string | null;
  inline: string;
  formula: boolean;
}

/** Gathers the rows of a `sheetData` element (ECMA-376 part 1, §18.3.1.80). */
class SheetReader {
  readonly #workbook: Workbook;
  readonly #texts: TextSpool;
  #rows: SourceRow[] = [];
  #row: SourceRow = { row: 0, cells: [] };
  #rowBytes = 0;
  /** Where a cell stands that does not say so. */
  #column = 0;
  #cell: Cell | null = null;
  #reading: 'value' | 'inline' | null = null;
  #phonetic = false;

  constructor(workbook: Workbook, texts: TextSpool) {
    this.#workbook = workbook;
    this.#texts = texts;
  }

  take(): SourceRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  readonly open = (name: string, attributes: Record<string, string>): void => {
    switch (name) {
      case 'row': {
        const row = Number(attributes.r ?? this.#row.row + 1);
        if (!Number.isInteger(row) || row <= this.#row.row) throw new FileError('not-a-workbook');
        this.#row = { row, cells: [] };
        this.#rowBytes = 0;
        this.#column = 0;
        return;
      }
      case 'c': {
        const place = attributes.r === undefined ? this.#column : columnOf(attributes.r);
        this.#column = place + 1;
        const style = Number(attributes.s ?? 0);
        const type = attributes.t ?? 'n';
        this.#cell = { column: place, type, style, value: null, inline: '', formula: false };
        return;
      }
      case 'f':
        if (this.#cell) this.#cell.formula = true;
        return;
      case 'v':
        this.#reading = 'value';
        return;
      case 'rPh':
        this.#phonetic = true;
        return;
      case 't':
        this.#reading = this.#phonetic ? null : 'inline';
        return;
    }
  };

  readonly text = (piece: string): void => {
    const cell = this.#cell;
    if (!cell || !this.#reading) return;
    this.#rowBytes += piece.length;
    if (this.#rowBytes > maxRowBytes) throw new FileError('row-too-long', this.#row.row);
    if (this.#reading === 'value') cell.value = (cell.value ?? '') + piece;
    else cell.inline += piece;
  };

  readonly close = (name: string): void => {
    if (name === 'v' || name === 't') this.#reading = null;
    if (name === 'rPh') this.#phonetic = false;
    if (name === 'c' && this.#cell) {
      this.#put(this.#cell);
      this.#cell = null;
    }
    if (name === 'row') this.#rows.push(this.#row);
  };

  #put(cell: Cell): void {
    const fault = faultOf(cell);
    const text = fault ? fault.value : this.#textOf(cell);
    if (text === '' && !fault) return;
    if (cell.column < 0 || cell.column >= maxImportColumns) {
      throw new FileError('too-many-columns', this.#row.row);
    }
    const { cells } = this.#row;
    while (cells.length < cell.column) cells.push('');
    cells[cell.column] = text;
    if (fault) {
      this.#row.faults ??= [];
      this.#row.faults.push(fault);
    }
  }

  #textOf({ type, style, value, inline }: Cell): string {
    if (type === 'inlineStr') return unescapeText(inline);
    if (value === null) return '';
    switch (type) {
      case 's':
        return this.#texts.get(Number(value)) ?? '';
      case 'str':
        return unescapeText(value);
      case 'b':
        return value === '1' ? 'TRUE' : 'FALSE';
      case 'd':
        return value.replace('T', ' ').replace(/ 00:00:00(\.0+)?Z?$/, '');
      default: {
        const { formats, dateSystem } = this.#workbook;
        return textOfNumber(value, formats[style] ?? plainFormat, dateSystem);
      }
    }
  }
}

function faultOf({ column, type, value, formula }: Cell): CellFault | null {
  if (type === 'e') return { column, reason: 'cell-error', value: value ?? '' };
  if (!formula || value !== null) return null;
  return { column, reason: 'formula-without-value', value: '' };
}

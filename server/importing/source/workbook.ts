import { posix } from 'node:path';
import { FileError } from './rows.ts';
import type { TextSpool } from './textSpool.ts';
import { type CellFormat, formatOf, plainFormat } from './xlsxCells.ts';
import { readAllXml } from './xml.ts';
import type { Archive } from './zipFile.ts';

/** What is told of an XLSX workbook (ECMA-376 part 1, §18.2) before its sheets are read. */
export interface Workbook {
  /** Visible sheets in their order, with the part each stands in. */
  sheets: { name: string; part: string }[];
  /** Days count from 1900 or from 1904. */
  dateSystem: 1900 | 1904;
  formats: CellFormat[];
}

const maxTextLength = 32_767;
const maxStrings = 20_000_000;

/** Throws `FileError` `not-a-workbook` where the archive is something else. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const main = await mainPart(archive);
  const targets = await targetsOf(archive, main);
  const sheets: Workbook['sheets'] = [];
  let dateSystem: Workbook['dateSystem'] = 1900;
  await readAllXml(archive.read(main), {
    open(name, attributes) {
      if (name === 'workbookPr' && isTrue(attributes.date1904)) dateSystem = 1904;
      if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
      const part = targets.get(relationOf(attributes))?.part;
      if (part && archive.has(part)) sheets.push({ name: attributes.name ?? '', part });
    },
  });
  if (sheets.length === 0) throw new FileError('not-a-workbook');
  const styles = partOf(targets, 'styles');
  const formats = styles && archive.has(styles) ? await readFormats(archive, styles) : [];
  return { sheets, dateSystem, formats };
}

/** The texts that cells refer to by number; rich text without its looks, phonetic hints left out. */
export async function readSharedStrings(archive: Archive, into: TextSpool): Promise<void> {
  const part = partOf(await targetsOf(archive, await mainPart(archive)), 'sharedStrings');
  if (!part || !archive.has(part)) return;
  let text = '';
  let inText = false;
  let phonetic = false;
  let count = 0;
  await readAllXml(archive.read(part), {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic = true;
      inText = name === 't' && !phonetic;
    },
    text(piece) {
      if (inText && text.length <= maxTextLength) text += piece;
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') phonetic = false;
      if (name !== 'si') return;
      count += 1;
      if (count > maxStrings) throw new FileError('too-large-inside');
      into.add(unescapeText(text));
    },
  });
}

/** `_x000D_` and the like are characters that XML cannot hold (ECMA-376 §22.9.2.19). */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

type Targets = Map<string, { type: string; part: string }>;

async function mainPart(archive: Archive): Promise<string> {
  if (!archive.has('_rels/.rels')) throw new FileError('not-a-workbook');
  const root = await targetsOf(archive, '');
  const main = partOf(root, 'officeDocument');
  if (!main || !archive.has(main)) throw new FileError('not-a-workbook');
  return main;
}

/** Relations of a part by their id, with where they lead inside the archive. */
async function targetsOf(archive: Archive, part: string): Promise<Targets> {
  const folder = posix.dirname(part);
  const relations = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const targets: Targets = new Map();
  if (!archive.has(relations)) return targets;
  await readAllXml(archive.read(relations), {
    open(name, { Id, Type, Target, TargetMode }) {
      if (name !== 'Relationship' || !Id || !Type || !Target || TargetMode === 'External') return;
      const path = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      targets.set(Id, { type: Type.split('/').at(-1) ?? '', part: posix.normalize(path) });
    },
  });
  return targets;
}

function partOf(targets: Targets, type: string): string | undefined {
  return [...targets.values()].find((target) => target.type === type)?.part;
}

function relationOf(attributes: Record<string, string>): string {
  const name = Object.keys(attributes).find((one) => one === 'r:id' || one.endsWith(':id'));
  return name === undefined ? '' : (attributes[name] ?? '');
}

async function readFormats(archive: Archive, part: string): Promise<CellFormat[]> {
  const codes = new Map<number, string>();
  const formats: CellFormat[] = [];
  let inCells = false;
  await readAllXml(archive.read(part), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const id = Number(attributes.numFmtId ?? 0);
      formats.push(id === 0 ? plainFormat : formatOf(id, codes.get(id) ?? null));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats;
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

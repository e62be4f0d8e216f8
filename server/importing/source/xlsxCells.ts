/** Number formats of ECMA-376 §18.8.30 that show days or times, those of East Asian languages included. */
const builtInDates = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51,
  52, 53, 54, 55, 56, 57, 58,
]);

export type CellFormat = { kind: 'plain' } | { kind: 'date' } | { kind: 'zeros'; digits: number };

export const plainFormat: CellFormat = { kind: 'plain' };

/** What a number format makes of a number. `code` is null for built-in formats. */
export function formatOf(id: number, code: string | null): CellFormat {
  if (code === null) return builtInDates.has(id) ? { kind: 'date' } : plainFormat;
  // Only the part for positive numbers counts; literals, colours and locales say nothing.
  const bare = (code.split(';')[0] ?? '').replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
  if (/[ymdhs]/i.test(bare) && !/general/i.test(bare)) return { kind: 'date' };
  return /^0{2,}$/.test(bare) ? { kind: 'zeros', digits: bare.length } : plainFormat;
}

const dayMs = 86_400_000;
/** Day 0 of the 1900 system as it counts from March 1900 on, and of the 1904 system. */
const epochs = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };
/** In the 1900 system day 60 is 29 February 1900, which never was: days before it count one less. */
const phantomDay = 60;

/** A serial day of a sheet as ISO 8601 text without zone: a day, with its time where it has one. Null: out of range. */
function isoOfSerial(serial: number, system: 1900 | 1904): string | null {
  const shifted = system === 1900 && serial < phantomDay ? serial + 1 : serial;
  const ms = epochs[system] + Math.round((shifted * dayMs) / 1_000) * 1_000;
  const date = new Date(ms);
  if (serial < 0 || Number.isNaN(ms) || date.getUTCFullYear() > 9999) return null;
  const iso = date.toISOString();
  return Number.isInteger(serial) ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
}

/**
 * A number of a sheet as text: whole ones with all their digits (a telephone number is no 1.38E+10), others with the
 * 15 digits that are certain.
 */
export function textOfNumber(written: string, format: CellFormat, system: 1900 | 1904): string {
  const value = Number(written);
  if (!Number.isFinite(value)) return written;
  if (format.kind === 'date') return isoOfSerial(value, system) ?? written;
  const text = plainText(value);
  return format.kind === 'zeros' && /^\d+$/.test(text) ? text.padStart(format.digits, '0') : text;
}

function plainText(value: number): string {
  if (Number.isInteger(value))
    return Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
  const rounded = Number(value.toPrecision(15));
  if (Math.abs(rounded) >= 1e-6) return String(rounded);
  return rounded.toFixed(20).replace(/0+$/, '').replace(/\.$/, '');
}

/** Column of a reference such as `AB12`, from 0; -1 where it is none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const letter = reference.charCodeAt(index) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}

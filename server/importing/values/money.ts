import type { Money } from '#shared/domain/primitives.ts';
import type { DecimalMark } from '#shared/sync/importing.ts';

/** Signs that name a currency; ¥ is the home currency's where that is CNY or JPY. */
const signs: Record<string, string> = {
  '€': 'EUR',
  $: 'USD',
  US$: 'USD',
  '£': 'GBP',
  HK$: 'HKD',
  元: 'CNY',
  人民币: 'CNY',
  RMB: 'CNY',
};

const written = /^([^\d.,+-]*)([+-]?)([^\d.,+-]*)(\d[\d.,'\s]*|[.,]\d+)\s*([^\d.,]*)$/u;

/**
 * An amount as it is written, such as `1,234.50`, `1.234,50 €`, `¥1234`, `(12.00)` for a negative one. Null: not
 * understood, or with more digits than the currency has. `currency` counts where the text names none.
 */
export function readMoney(text: string, decimal: DecimalMark, currency: string): Money | null {
  const trimmed = text.normalize('NFKC').trim();
  const bracketed = /^\((.*)\)$/.exec(trimmed);
  const parts = written.exec(bracketed?.[1] ?? trimmed);
  if (!parts) return null;
  const named = (parts[1] ?? '').trim() || (parts[3] ?? '').trim() || (parts[5] ?? '').trim();
  const code = currencyOf(named, currency);
  if (code === null) return null;
  const digits = minorDigits(code);
  const value = readDecimal(parts[4] ?? '', decimal);
  if (value === null) return null;
  const [whole = '0', fraction = ''] = value.split('.');
  if (fraction.replace(/0+$/, '').length > digits) return null;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return null;
  const negative = bracketed !== null || parts[2] === '-';
  return { minor: negative && minor !== 0 ? -minor : minor, currency: code };
}

/** Plain digits with a point, or null; signs between thousands must stand where thousands end. */
export function readDecimal(text: string, decimal: DecimalMark): string | null {
  const grouping = decimal === '.' ? ',' : '.';
  const [whole = '', fraction, ...more] = text.trim().split(decimal);
  if (more.length > 0 || (fraction !== undefined && !/^\d*$/.test(fraction))) return null;
  const groups = whole.split(new RegExp(`[${grouping === '.' ? '\\.' : ','}'\\s]`));
  const grouped = groups.length > 1;
  if (grouped && !groups.slice(1).every((group) => group.length === 3)) return null;
  const digits = groups.join('');
  if (!/^\d*$/.test(digits) || (digits === '' && !fraction)) return null;
  return fraction ? `${digits || '0'}.${fraction}` : digits;
}

function currencyOf(named: string, usual: string): string | null {
  if (named === '' || named === '¥') return usual;
  const known = signs[named] ?? signs[named.toUpperCase()];
  if (known) return known;
  return /^[A-Za-z]{3}$/.test(named) ? named.toUpperCase() : null;
}

const known = new Map<string, number>();

/** Digits behind the point of a currency (ISO 4217). */
export function minorDigits(currency: string): number {
  const held = known.get(currency);
  if (held !== undefined) return held;
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const digits = maximumFractionDigits ?? 2;
  known.set(currency, digits);
  return digits;
}

/** Amount as plain digits with a point, such as `-12.50`. */
export function writeMoney({ minor, currency }: Money): string {
  const digits = minorDigits(currency);
  if (digits === 0) return String(minor);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  return `${minor < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

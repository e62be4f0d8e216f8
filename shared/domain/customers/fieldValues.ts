import { dateText, isDate } from '../localDate.ts';
import { maxTextLength } from '../primitives.ts';
import type { FormField } from '../settings/customerForm.ts';
import { isBlank, storableLine, storableText } from '../text/plainText.ts';

/** Why a typed value does not fit its field; the words stand in `fieldValue:problems.<problem>`. */
export type FieldProblem =
  | 'noSuchDate'
  | 'notADate'
  | 'notANumber'
  | 'notAnAmount'
  | 'notYesNo'
  | 'unknownChoice'
  | 'tooLong';

export type FieldValue = { ok: true; value: string } | { ok: false; problem: FieldProblem };

/** Longest value of a field in one line. */
const maxValueLength = 500;
/** Between the choices of a value that has several. */
const listMark = ',';

const good = (value: string): FieldValue => ({ ok: true, value });
const bad = (problem: FieldProblem): FieldValue => ({ ok: false, problem });

function readDate(text: string): FieldValue {
  const found =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?$/u.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/u.exec(text);
  if (!found) return bad('notADate');
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number);
  return isDate(year, month, day) ? good(dateText(year, month, day)) : bad('noSuchDate');
}

/** Digits with at most one decimal point; commas between thousands, 万 and 亿 are read. Null: no number. */
function decimal(text: string): string | null {
  const found = /^([-+]?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,6}))?\s*([万亿])?$/u.exec(
    text,
  );
  if (!found) return null;
  const [, sign = '', whole = '', part = '', unit] = found;
  const digits = whole.replaceAll(',', '').replace(/^0+(?=\d)/u, '');
  if (unit === undefined) return `${sign === '-' ? '-' : ''}${digits}${part && `.${part}`}`;
  const zeros = unit === '万' ? 4 : 8;
  const moved = digits + part.slice(0, zeros).padEnd(zeros, '0');
  const rest = part.slice(zeros);
  return `${sign === '-' ? '-' : ''}${moved.replace(/^0+(?=\d)/u, '')}${rest && `.${rest}`}`;
}

function readNumber(text: string): FieldValue {
  const number = decimal(text);
  return number === null ? bad('notANumber') : good(number);
}

const currencySigns: Readonly<Record<string, string>> = {
  ...{ '¥': 'CNY', 元: 'CNY', '€': 'EUR', $: 'USD', '£': 'GBP' },
};

/** `1200.50 CNY`: an amount with its ISO 4217 code; without one it is in the centre's currency. */
function readMoney(text: string, currency: string): FieldValue {
  const found = /^([¥€$£]|[A-Za-z]{3})?\s*(.*?)\s*([¥€$£元]|[A-Za-z]{3})?$/u.exec(text);
  const mark = found?.[1] ?? found?.[3];
  const number = decimal(found?.[2] ?? '');
  if (number === null || number.startsWith('-')) return bad('notAnAmount');
  const [whole = '0', part = ''] = number.split('.');
  if (part.length > 2) return bad('notAnAmount');
  const code = mark === undefined ? currency : (currencySigns[mark] ?? mark.toUpperCase());
  return good(`${whole}.${part.padEnd(2, '0')} ${code}`);
}

const yes = new Set(['yes', 'y', 'true', '1', '是', '有', '要', '可以']);
const no = new Set(['no', 'n', 'false', '0', '否', '没有', '无', '不要', '不可以']);

function readYesNo(text: string): FieldValue {
  const word = text.toLowerCase();
  if (yes.has(word)) return good('yes');
  return no.has(word) ? good('no') : bad('notYesNo');
}

/** A choice by its id or by its name in either language. */
function choiceId(field: FormField, text: string): string | null {
  const wanted = text.toLowerCase();
  const found = field.choices.find(
    ({ id, label }) =>
      id === text || label.en.toLowerCase() === wanted || label['zh-CN'].toLowerCase() === wanted,
  );
  return found?.id ?? null;
}

function readChoices(field: FormField, text: string): FieldValue {
  const words = text.split(/[,，、;；]/u).map((word) => word.trim());
  const ids = words.filter((word) => word !== '').map((word) => choiceId(field, word));
  if (ids.includes(null)) return bad('unknownChoice');
  return good([...new Set(ids)].join(listMark));
}

/** The ids in the value of a field that takes several choices. */
export function choiceIds(value: string): string[] {
  return value.split(listMark).filter((id) => id !== '');
}

/**
 * A value as it is stored, read from what was typed: dates `YYYY-MM-DD`, numbers with a decimal point, choices by
 * id, amounts with their currency (`currency` where none is typed). Nothing typed is an empty value. Full-width
 * digits and signs are read like narrow ones.
 */
export function readFieldValue(field: FormField, typed: string, currency: string): FieldValue {
  if (isBlank(typed)) return good('');
  if (field.type === 'longText') {
    const text = storableText(typed);
    return text.length > maxTextLength ? bad('tooLong') : good(text);
  }
  const line = storableLine(typed).trim();
  if (line.length > maxValueLength) return bad('tooLong');
  const text = line.normalize('NFKC');
  switch (field.type) {
    case 'text':
      return good(line);
    case 'date':
      return readDate(text);
    case 'number':
      return readNumber(text);
    case 'money':
      return readMoney(text, currency);
    case 'yesNo':
      return readYesNo(text);
    case 'choice': {
      const id = choiceId(field, text) ?? choiceId(field, line);
      return id === null ? bad('unknownChoice') : good(id);
    }
    case 'choices':
      return readChoices(field, text);
  }
}

import { z } from 'zod';
import type { NewCustomer } from '#shared/contract/methods/records.ts';
import { customerKinds } from '#shared/domain/customer.ts';
import { maxTextLength } from '#shared/domain/primitives.ts';
import { languages } from '#shared/domain/text.ts';

/** Longest name, number, e-mail or address, as the contract takes it. */
export const maxLineLength = 500;

export interface RegisterFields {
  kind: (typeof customerKinds)[number];
  name: string;
  numberRaw: string;
  email: string;
  address: string;
  language: (typeof languages)[number] | null;
  note: string;
}

export function emptyRegistration(numberRaw: string): RegisterFields {
  return { kind: 'person', name: '', numberRaw, email: '', address: '', language: null, note: '' };
}

const storedSchema = z
  .object({
    kind: z.enum(customerKinds),
    name: z.string(),
    numberRaw: z.string(),
    email: z.string(),
    address: z.string(),
    language: z.enum(languages).nullable(),
    note: z.string(),
  })
  .partial();

/** Reads a stored draft; null where there is none or it cannot be read. */
export function readRegisterDraft(stored: unknown): Partial<RegisterFields> | null {
  const read = storedSchema.safeParse(stored);
  if (!read.success) return null;
  const known = Object.entries(read.data).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Partial<RegisterFields>;
}

export type RegisterField = 'name' | 'numberRaw' | 'email' | 'address' | 'note';

/** Something before and after one @, a dot in the domain, no white space: the rest the mail server knows. */
const mailLike = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/** Fields that keep the customer from being created, in the order of the form. */
export function openFields(fields: RegisterFields): RegisterField[] {
  const { name, numberRaw, email, address, note } = fields;
  const open: RegisterField[] = [];
  if (name.trim() === '' || name.length > maxLineLength) open.push('name');
  const numberWrong = numberRaw.trim() !== '' && !/\p{Nd}/u.test(numberRaw);
  if (numberWrong || numberRaw.length > maxLineLength) open.push('numberRaw');
  const mailWrong = email.trim() !== '' && !mailLike.test(email.trim().normalize('NFKC'));
  if (mailWrong || email.length > maxLineLength) open.push('email');
  if (address.length > maxLineLength) open.push('address');
  if (note.length > maxTextLength) open.push('note');
  return open;
}

function given(text: string): string | null {
  return text.trim() === '' ? null : text.normalize('NFC');
}

/** What is sent to the desk. */
export function newCustomerOf(fields: RegisterFields, callId: string): NewCustomer {
  return {
    kind: fields.kind,
    name: fields.name.normalize('NFC'),
    numberRaw: fields.numberRaw,
    email: given(fields.email),
    address: given(fields.address),
    language: fields.language,
    pinnedNote: given(fields.note),
    callId,
  };
}

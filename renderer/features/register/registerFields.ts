import { z } from 'zod';
import type { NewCustomer } from '#shared/contract/methods/customers.ts';
import type { SimilarWish } from '#shared/contract/methods/quality.ts';
import type { Configuration } from '#shared/domain/configuration.ts';
import { consents, contactPointKinds, customerKinds } from '#shared/domain/customers/customer.ts';
import { type FieldProblem, readFieldValue } from '#shared/domain/customers/fieldValues.ts';
import { maxLineLength, maxTextLength } from '#shared/domain/primitives.ts';
import type { FormField } from '#shared/domain/settings/customerForm.ts';
import { isBlank } from '#shared/domain/text/plainText.ts';
import { labelOf, labelsOf, type PointLabel } from '../fields/pointLabel.ts';

export type PointKind = (typeof contactPointKinds)[number];

export interface TypedPoint {
  kind: PointKind;
  /** Null: nobody has chosen one, and the number itself tells. */
  label: PointLabel | null;
  raw: string;
  preferred: boolean;
  consent: (typeof consents)[number];
}

export interface RegisterFields {
  kind: (typeof customerKinds)[number];
  name: string;
  points: TypedPoint[];
  /** As typed, by field of the form. */
  profile: Record<string, string>;
  note: string;
}

export function newPoint(kind: PointKind, raw = ''): TypedPoint {
  return { kind, label: null, raw, preferred: false, consent: 'unknown' };
}

export function emptyRegistration(numberRaw: string): RegisterFields {
  const phone = { ...newPoint('phone', numberRaw), preferred: true };
  const points = [phone, newPoint('email'), newPoint('address')];
  return { kind: 'person', name: '', points, profile: {}, note: '' };
}

const pointSchema = z.object({
  kind: z.enum(contactPointKinds),
  label: z.enum(labelsOf('phone')).nullable(),
  raw: z.string(),
  preferred: z.boolean(),
  consent: z.enum(consents),
});
const storedSchema = z
  .object({
    kind: z.enum(customerKinds),
    name: z.string(),
    points: z.array(pointSchema),
    profile: z.record(z.string(), z.string()),
    note: z.string(),
    /** Drafts of before. */
    numberRaw: z.string(),
    email: z.string(),
    address: z.string(),
  })
  .partial();

/** Reads a stored draft; null where there is none or it cannot be read. */
export function readRegisterDraft(stored: unknown): Partial<RegisterFields> | null {
  const read = storedSchema.safeParse(stored);
  if (!read.success) return null;
  const { numberRaw, email, address, ...rest } = read.data;
  const older = [numberRaw, email, address].some((text) => text !== undefined)
    ? {
        points: [
          { ...newPoint('phone', numberRaw), preferred: true },
          newPoint('email', email),
          newPoint('address', address),
        ],
      }
    : {};
  const known = Object.entries({ ...older, ...rest }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Partial<RegisterFields>;
}

/** Fields of the form that this kind of customer is asked. */
export function askedFields(
  fields: readonly FormField[],
  kind: RegisterFields['kind'],
): FormField[] {
  return fields.filter((field) => !field.retired && field.kinds.includes(kind));
}

export type Problem = FieldProblem | 'blank' | 'required' | 'noDigits' | 'noMail';

/** Something before and after one @, a dot in the domain, no white space: the rest the mail server knows. */
const mailLike = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

function pointProblem({ kind, raw }: TypedPoint): Problem | null {
  if (isBlank(raw)) return null;
  if (raw.length > maxLineLength) return 'tooLong';
  if (kind === 'phone' && !/\p{Nd}/u.test(raw)) return 'noDigits';
  return kind === 'email' && !mailLike.test(raw.trim().normalize('NFKC')) ? 'noMail' : null;
}

function valueProblem(field: FormField, typed: string, currency: string): Problem | null {
  const read = readFieldValue(field, typed, currency);
  if (!read.ok) return read.problem;
  return field.required && read.value === '' ? 'required' : null;
}

/** What keeps the customer from being created, by place (`name`, `points.0`, `profile.birthday`), in the order of the form. */
export function openFields(
  { kind, name, points, profile, note }: RegisterFields,
  fields: readonly FormField[],
  currency: string,
): Map<string, Problem> {
  const open = new Map<string, Problem>();
  const add = (place: string, problem: Problem | null) => {
    if (problem !== null) open.set(place, problem);
  };
  add('name', isBlank(name) ? 'blank' : name.length > maxLineLength ? 'tooLong' : null);
  for (const [at, point] of points.entries()) add(`points.${at}`, pointProblem(point));
  for (const field of askedFields(fields, kind)) {
    add(`profile.${field.id}`, valueProblem(field, profile[field.id] ?? '', currency));
  }
  add('note', note.length > maxTextLength ? 'tooLong' : null);
  return open;
}

/** What is sent to the desk; `home` is where the centre stands, for numbers whose label nobody has chosen. */
export async function newCustomerOf(
  { kind, name, points, profile, note }: RegisterFields,
  fields: readonly FormField[],
  { callId, home }: { callId: string | null; home: Configuration['home'] | null },
): Promise<NewCustomer> {
  const asked = new Set(askedFields(fields, kind).map(({ id }) => id));
  const given = Object.entries(profile).filter(([id, text]) => asked.has(id) && !isBlank(text));
  return {
    ...{ kind, name, callId },
    points: await Promise.all(
      points
        .filter(({ raw }) => !isBlank(raw))
        .map(async (point) => ({ ...point, label: await labelOf(point, home) })),
    ),
    profile: Object.fromEntries(given),
    pinnedNote: isBlank(note) ? null : note,
  };
}

/** What the records are searched by for the same customer. */
export function similarWishOf({ kind, name, points, profile }: RegisterFields): SimilarWish {
  const first = (wanted: PointKind) =>
    (points.find((point) => point.kind === wanted && !isBlank(point.raw))?.raw ?? '').slice(
      0,
      maxLineLength,
    );
  const value = (id: string) => (profile[id] ?? '').slice(0, maxLineLength);
  const birthday = value('birthday');
  return {
    ...{ kind, name: name.slice(0, maxLineLength) },
    ...{ numberRaw: first('phone'), email: first('email'), address: first('address') },
    birthday: /^\d{4}-\d\d-\d\d$/u.test(birthday) ? birthday : '',
    firm: value('company'),
    identity: value(kind === 'company' ? 'registrationNo' : 'idNumber'),
  };
}

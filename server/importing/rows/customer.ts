import { valueClasses } from '#shared/domain/customers/customer.ts';
import { foldText } from '#shared/domain/text/text.ts';
import { noKey, pointKey } from '../keys.ts';
import { isoDay, readDay, readMoment } from '../values/dates.ts';
import { type PhoneLabel, readAddress, readEmails, readPhones } from '../values/points.ts';
import { customerKindWords } from '../values/words.ts';
import {
  complain,
  type Draft,
  keepText,
  maxLong,
  maxShort,
  type PointDraft,
  type ReadContext,
} from './draft.ts';
import type { RowRules } from './readRow.ts';

const maxTags = 50;
const maxPoints = 100;
const chinese = /\p{Script=Han}/u;

/** Customers with their numbers, mails and addresses. */
export function customerFields(context: ReadContext): RowRules {
  const { settings, home, nowMs } = context;
  const thisYear = new Date(nowMs).getFullYear();
  const known = new Set(context.fields.map(({ field }) => field));
  const dates = new Set(context.profileDates);

  function putPoints(draft: Draft, field: string, points: (PointDraft | null)[], text: string) {
    for (const point of points) {
      if (!point) {
        const reason =
          field === 'email' ? 'not-an-email' : field === 'address' ? 'too-long' : 'not-a-phone';
        complain(draft, reason, field, text);
      } else if (draft.points.length >= maxPoints) {
        complain(draft, 'too-long', field);
        return;
      } else if (!draft.points.some((held) => isSamePoint(held, point))) {
        draft.points.push(point);
      }
    }
  }

  const phones = (label: PhoneLabel) => (draft: Draft, text: string, field: string) =>
    putPoints(draft, field, readPhones(text, label, home), text);
  const aside = (draft: Draft, text: string, field: string) => {
    draft.aside[field] = text;
  };

  function putDay(draft: Draft, text: string, field: string): string | null {
    const day = readDay(text.replace(/[ T]0{1,2}:00(:00)?$/, ''), settings.dateOrder, thisYear);
    if (!day) complain(draft, 'not-a-date', field, text);
    return day ? isoDay(day) : null;
  }

  return {
    put: {
      no: keepTextAs('no'),
      name: keepTextAs('name'),
      familyName: aside,
      givenName: aside,
      company: aside,
      kind(draft, text, field) {
        const kind = customerKindWords.read(text);
        if (kind) draft.fields.kind = kind;
        else complain(draft, 'not-in-list', field, text);
      },
      valueClass(draft, text, field) {
        const letter = foldText(text)
          .replace(/\s*[类级]$/, '')
          .toUpperCase();
        if ((valueClasses as readonly string[]).includes(letter)) draft.fields.valueClass = letter;
        else complain(draft, 'not-in-list', field, text);
      },
      since(draft, text, field) {
        const day = putDay(draft, text, field);
        if (day) draft.fields.since = day;
      },
      createdAt(draft, text, field) {
        const at = readMoment(text, settings.dateOrder, thisYear);
        if (at === null) complain(draft, 'not-a-date', field, text);
        else draft.fields.createdAt = at;
      },
      mobile: phones('mobile'),
      phone: phones('byNumber'),
      workPhone: phones('work'),
      homePhone: phones('home'),
      email: (draft, text, field) => putPoints(draft, field, readEmails(text), text),
      address: (draft, text, field) => putPoints(draft, field, [readAddress(text)], text),
      tags(draft, text, field) {
        const held = (draft.fields.tags as string[] | undefined) ?? [];
        const given = text
          .split(/[;；,，、|\n]/)
          .map((tag) => tag.trim())
          .filter(Boolean);
        const tags = [...new Set([...held, ...given])];
        if (tags.length > maxTags || tags.some((tag) => tag.length > maxShort)) {
          complain(draft, 'too-long', field);
        } else draft.fields.tags = tags;
      },
      pinnedNote: (draft, text, field) => keepText(draft, field, text, maxLong),
      profile(draft, text, field) {
        const id = field.slice('profile.'.length);
        if (!known.has(field)) return;
        const value = dates.has(id) ? putDay(draft, text, field) : text;
        if (value === null) return;
        if (value.length > maxLong) return complain(draft, 'too-long', field);
        const profile = (draft.fields.profile as Record<string, unknown> | undefined) ?? {};
        profile[id] = { value, verifiedOn: null, source: 'import' };
        draft.fields.profile = profile;
      },
    },
    finish(draft) {
      finishName(draft);
      if (
        draft.fields.name === undefined &&
        !draft.problems.some(({ field }) => field === 'name')
      ) {
        complain(draft, 'missing', 'name');
      }
      for (const key of settings.matchBy) {
        const { no } = draft.fields;
        // A customer with a number is nobody else, whoever shares the telephone.
        if (key === 'no' && typeof no === 'string') {
          draft.own = [noKey(no)];
          return;
        }
        const kind = key === 'number' ? 'phone' : key === 'email' ? 'email' : null;
        for (const point of draft.points) {
          if (point.kind === kind && point.normal !== null) draft.own.push(pointKey(point.normal));
        }
      }
    },
  };
}

function keepTextAs(name: string) {
  return (draft: Draft, text: string) => keepText(draft, name, text);
}

export function isSamePoint(
  one: Pick<PointDraft, 'kind' | 'normal' | 'raw'>,
  other: Pick<PointDraft, 'kind' | 'normal' | 'raw'>,
): boolean {
  if (one.kind !== other.kind) return false;
  return one.normal === null ? one.raw === other.raw : one.normal === other.normal;
}

/** A name in two columns is put together; a row with a company and no name is a company. */
function finishName(draft: Draft): void {
  const { familyName = '', givenName = '', company } = draft.aside;
  if (draft.fields.name === undefined && (familyName || givenName)) {
    const name = chinese.test(familyName + givenName)
      ? `${familyName}${givenName}`
      : `${givenName} ${familyName}`.trim();
    keepText(draft, 'name', name);
  }
  if (company === undefined) return;
  if (draft.fields.name === undefined) {
    keepText(draft, 'name', company);
    draft.fields.kind ??= 'company';
    return;
  }
  if (draft.fields.name === company) {
    draft.fields.kind ??= 'company';
    return;
  }
  const profile = (draft.fields.profile as Record<string, unknown> | undefined) ?? {};
  profile.company = { value: company, verifiedOn: null, source: 'import' };
  draft.fields.profile = profile;
}

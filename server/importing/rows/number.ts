import { isoDay, readDay } from '../values/dates.ts';
import { readAddress, readEmails, readPhones } from '../values/points.ts';
import { contactPointKindWords, labelWords, readYesNo } from '../values/words.ts';
import { customerReference } from './customerReference.ts';
import { complain, type Draft, type ReadContext } from './draft.ts';
import type { RowRules } from './readRow.ts';

/** Contact points of customers who are here. */
export function numberFields(context: ReadContext): RowRules {
  const thisYear = new Date(context.nowMs).getFullYear();
  const aside = (draft: Draft, text: string, field: string) => {
    draft.aside[field] = text;
  };
  const yesNo = (draft: Draft, text: string, field: string) => {
    const value = readYesNo(text);
    if (value === null) complain(draft, 'not-yes-or-no', field, text);
    else draft.fields[field] = value;
  };
  return {
    put: {
      ...customerReference(context),
      value: aside,
      kind(draft, text, field) {
        const kind = contactPointKindWords.read(text);
        if (kind) draft.aside.kind = kind;
        else complain(draft, 'not-in-list', field, text);
      },
      label(draft, text, field) {
        const label = labelWords.read(text);
        if (label) draft.fields.label = label;
        else complain(draft, 'not-in-list', field, text);
      },
      extension(draft, text, field) {
        if (/^\d{1,16}$/.test(text)) draft.fields.extension = text;
        else complain(draft, 'not-a-number', field, text);
      },
      preferred: yesNo,
      retired: yesNo,
      verifiedOn(draft, text, field) {
        const day = readDay(text, context.settings.dateOrder, thisYear);
        if (day) draft.fields.verifiedOn = isoDay(day);
        else complain(draft, 'not-a-date', field, text);
      },
    },
    finish(draft) {
      const { value } = draft.aside;
      if (draft.customer.length === 0) complain(draft, 'customer-missing', null);
      if (value === undefined) return;
      const kind = draft.aside.kind ?? kindOf(value);
      const [point] =
        kind === 'email'
          ? readEmails(value)
          : kind === 'address'
            ? [readAddress(value)]
            : readPhones(value, 'byNumber', context.home);
      if (!point) {
        const reason =
          kind === 'email' ? 'not-an-email' : kind === 'address' ? 'too-long' : 'not-a-phone';
        complain(draft, reason, 'value', value);
        return;
      }
      draft.fields.value = point.raw;
      draft.points = [point];
    },
  };
}

function kindOf(value: string): string {
  if (value.includes('@')) return 'email';
  return (value.match(/\d/g) ?? []).length >= 3 && !/\p{L}{3,}/u.test(value) ? 'phone' : 'address';
}

import { noKey, pointKey } from '../keys.ts';
import { readEmails, readPhones } from '../values/points.ts';
import { complain, type Draft, type ReadContext } from './draft.ts';

/** Columns that name the customer of a row: by number, telephone number, mail; the first one given counts most. */
export function customerReference({ home }: Pick<ReadContext, 'home'>) {
  return {
    customerNo(draft: Draft, text: string): void {
      draft.customer.unshift(noKey(text));
    },
    customerNumber(draft: Draft, text: string, field: string): void {
      const [point] = readPhones(text, 'other', home);
      if (point?.normal) draft.customer.push(pointKey(point.normal));
      else complain(draft, 'not-a-phone', field, text);
    },
    customerEmail(draft: Draft, text: string, field: string): void {
      const [point] = readEmails(text);
      if (point?.normal) draft.customer.push(pointKey(point.normal));
      else complain(draft, 'not-an-email', field, text);
    },
  };
}

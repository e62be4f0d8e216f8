import { noKey } from '../keys.ts';
import { readMoment } from '../values/dates.ts';
import {
  ticketPriorityWords,
  ticketStateWords,
  ticketTypeWords,
  type WordList,
} from '../values/words.ts';
import { customerReference } from './customerReference.ts';
import { complain, type Draft, keepText, maxLong, type ReadContext } from './draft.ts';
import type { RowRules } from './readRow.ts';

/** Tickets, of a customer who is here or of nobody. */
export function ticketFields(context: ReadContext): RowRules {
  const thisYear = new Date(context.nowMs).getFullYear();
  const reference = customerReference(context);
  const moment = (draft: Draft, text: string, field: string) => {
    const at = readMoment(text, context.settings.dateOrder, thisYear);
    if (at === null) complain(draft, 'not-a-date', field, text);
    else draft.fields[field] = at;
  };
  const word = (list: WordList) => (draft: Draft, text: string, field: string) => {
    const value = list.read(text);
    if (value) draft.fields[field] = value;
    else complain(draft, 'not-in-list', field, text);
  };
  return {
    put: {
      ...reference,
      customerNumber(draft, text, field) {
        reference.customerNumber(draft, text, field);
        if (text.length <= 100) draft.aside.numberRaw = text;
      },
      no: (draft, text, field) => keepText(draft, field, text),
      subject: (draft, text, field) => keepText(draft, field, text),
      description: (draft, text, field) => keepText(draft, field, text, maxLong),
      type: word(ticketTypeWords),
      priority: word(ticketPriorityWords),
      state: word(ticketStateWords),
      category(draft, text, field) {
        const id = context.categoryOf(text);
        if (id) draft.fields.categoryId = id;
        else complain(draft, 'category-unknown', field, text);
      },
      createdAt: moment,
      dueAt: moment,
      closedAt: moment,
      firstContact(draft, text, field) {
        const user = context.userOf(text);
        if (!user) return complain(draft, 'user-unknown', field, text);
        draft.fields.firstContactId = user.id;
        draft.fields.firstContactName = user.name;
      },
      owner(draft, text, field) {
        const user = context.userOf(text);
        if (user) draft.fields.ownerId = user.id;
        else complain(draft, 'user-unknown', field, text);
      },
    },
    finish(draft) {
      if (typeof draft.fields.no === 'string') draft.own.push(noKey(draft.fields.no));
    },
  };
}

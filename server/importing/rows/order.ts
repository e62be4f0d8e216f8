import { noKey } from '../keys.ts';
import { readMoment } from '../values/dates.ts';
import { readMoney } from '../values/money.ts';
import { orderStateWords } from '../values/words.ts';
import { customerReference } from './customerReference.ts';
import { complain, type Draft, keepText, type ReadContext } from './draft.ts';
import type { RowRules } from './readRow.ts';

/** Orders of customers who are here. */
export function orderFields(context: ReadContext): RowRules {
  const { settings, nowMs, currency } = context;
  const thisYear = new Date(nowMs).getFullYear();
  const aside = (draft: Draft, text: string, field: string) => {
    draft.aside[field] = text;
  };
  return {
    put: {
      ...customerReference(context),
      no: (draft, text, field) => keepText(draft, field, text),
      at(draft, text, field) {
        const at = readMoment(text, settings.dateOrder, thisYear);
        if (at === null) complain(draft, 'not-a-date', field, text);
        else draft.fields.at = at;
      },
      title: (draft, text, field) => keepText(draft, field, text),
      amount: aside,
      currency(draft, text, field) {
        if (/^[A-Za-z]{3}$/.test(text)) draft.aside.currency = text.toUpperCase();
        else complain(draft, 'not-in-list', field, text);
      },
      state(draft, text, field) {
        const state = orderStateWords.read(text);
        if (state) draft.fields.state = state;
        else complain(draft, 'not-in-list', field, text);
      },
    },
    finish(draft) {
      const { amount } = draft.aside;
      if (amount !== undefined) {
        const money = readMoney(amount, settings.decimal, draft.aside.currency ?? currency);
        if (money) draft.fields.amount = money;
        else complain(draft, 'not-an-amount', 'amount', amount);
      }
      if (draft.customer.length === 0) complain(draft, 'customer-missing', null);
      if (typeof draft.fields.no === 'string') draft.own.push(noKey(draft.fields.no));
    },
  };
}

import { describe, expect, it } from 'vitest';
import { editsOf, typedOf } from './editFields.ts';
import { editedFields } from './outboxFields.ts';

const now = new Date('2026-11-20T10:00').getTime();
const dueAt = new Date('2026-11-19T12:00').getTime();
const ticket = {
  entity: 'ticket',
  fields: {
    subject: 'Leak',
    description: '',
    priority: 'normal',
    dueAt,
    categoryId: null,
    no: null,
  },
};
const fields = editedFields(ticket);
const typed = typedOf(fields);
const edit = (changes: Record<string, string>) => editsOf(fields, { ...typed, ...changes }, now);

describe('what was changed in the form of a refused change', () => {
  it('is nothing where nothing was touched, also where a date has passed', () => {
    expect(typed).toEqual({
      ...{ subject: 'Leak', description: '', priority: 'normal', categoryId: '' },
      dueAt: '2026-11-19 12:00',
    });
    expect(edit({})).toEqual({ ok: true, fields: {} });
  });

  it('is told field by field', () => {
    expect(edit({ subject: 'Leak below', dueAt: '2026-11-21 9:00' })).toEqual({
      ok: true,
      fields: { subject: 'Leak below', dueAt: new Date('2026-11-21T09:00').getTime() },
    });
  });

  it('may empty a text and what may be missing', () => {
    expect(edit({ dueAt: ' ' })).toEqual({ ok: true, fields: { dueAt: null } });
  });

  it.each([
    [{ subject: ' ' }, ['subject']],
    [{ dueAt: 'some day' }, ['dueAt']],
    [{ subject: '', dueAt: '2026-11-01' }, ['subject', 'dueAt']],
  ])('is not taken with %j', (changes, open) => {
    expect(edit(changes)).toEqual({ ok: false, open });
  });
});

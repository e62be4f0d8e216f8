import { expect, it } from 'vitest';
import { newCustomerSchema } from '#shared/contract/methods/records.ts';
import {
  emptyRegistration,
  newCustomerOf,
  openFields,
  readRegisterDraft,
} from './registerFields.ts';

const callId = '019ac000-0000-7000-8000-000000000001';

it.each([
  [{}, ['name']],
  [{ name: '李娜' }, []],
  [{ name: 'Li Na', numberRaw: '' }, []],
  [{ name: 'Li Na', numberRaw: 'unknown' }, ['numberRaw']],
  [{ name: 'Li Na', numberRaw: '１３８' }, []],
  [{ name: 'Li Na', email: 'li.na' }, ['email']],
  [{ name: 'Li Na', email: 'li na@example.org' }, ['email']],
  [{ name: 'Li Na', email: 'li.na@example.org' }, []],
  [{ name: 'x'.repeat(501), address: 'x'.repeat(501) }, ['name', 'address']],
  [{ name: 'Li Na', note: 'x'.repeat(100_001) }, ['note']],
])('%# finds what is missing or cannot be stored', (fields, expected) => {
  expect(openFields({ ...emptyRegistration('13800138000'), ...fields })).toEqual(expected);
});

it('sends empty fields as not given and passes the contract', () => {
  const customer = newCustomerOf({ ...emptyRegistration('138 0013 8000'), name: 'Li Na' }, callId);
  expect(customer).toMatchObject({ email: null, address: null, pinnedNote: null });
  expect(newCustomerSchema.parse(customer)).toEqual(customer);
});

it('reads only drafts it knows', () => {
  expect(readRegisterDraft({ name: 'half' })).toEqual({ name: 'half' });
  expect(readRegisterDraft({ kind: 'robot' })).toBeNull();
});

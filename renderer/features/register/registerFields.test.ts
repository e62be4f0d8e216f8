import { expect, it } from 'vitest';
import { newCustomerSchema } from '#shared/contract/methods/customers.ts';
import { similarWishSchema } from '#shared/contract/methods/quality.ts';
import { usualCustomerForm } from '#shared/domain/settings/customerForm.ts';
import type { PointLabel } from '../fields/pointLabel.ts';
import {
  askedFields,
  emptyRegistration,
  newCustomerOf,
  newPoint,
  openFields,
  type RegisterFields,
  readRegisterDraft,
  similarWishOf,
} from './registerFields.ts';

const home = { country: 'CN', areaCode: '10' };
const callId = '019ac000-0000-7000-8000-000000000001';
const form = usualCustomerForm.fields;
const phone = (raw: string) => newPoint('phone', raw);
const email = (raw: string) => newPoint('email', raw);

it.each<[Partial<RegisterFields>, [string, string][]]>([
  [{}, [['name', 'blank']]],
  [{ name: ' \u3000 ' }, [['name', 'blank']]],
  [{ name: '李娜' }, []],
  [{ name: 'مرحبا 👩‍🔧' }, []],
  [{ name: 'Li Na', points: [] }, []],
  [{ name: 'Li Na', points: [phone('unknown')] }, [['points.0', 'noDigits']]],
  [{ name: 'Li Na', points: [phone('１３８')] }, []],
  [{ name: 'Li Na', points: [phone(''), email('li.na')] }, [['points.1', 'noMail']]],
  [{ name: 'Li Na', points: [email('li na@example.org')] }, [['points.0', 'noMail']]],
  [{ name: 'Li Na', points: [email('li.na@example.org')] }, []],
  [
    { name: 'x'.repeat(501), points: [newPoint('address', 'x'.repeat(501))] },
    [
      ['name', 'tooLong'],
      ['points.0', 'tooLong'],
    ],
  ],
  [{ name: 'Li Na', profile: { birthday: '1990-02-30' } }, [['profile.birthday', 'noSuchDate']]],
  [{ name: 'Li Na', profile: { household: 'many' } }, [['profile.household', 'notANumber']]],
  [{ name: 'Acme', kind: 'company', profile: { household: 'many' } }, []],
  [{ name: 'Li Na', note: 'x'.repeat(100_001) }, [['note', 'tooLong']]],
])('%# finds what is missing or cannot be stored', (fields, expected) => {
  const typed = { ...emptyRegistration('13800138000'), ...fields };
  expect([...openFields(typed, form, 'CNY')]).toEqual(expected);
});

it('asks a required field of the kind of customer it is for', () => {
  const demanding = form.map((field) => ({ ...field, required: field.id === 'industry' }));
  const typed = { ...emptyRegistration(''), name: 'Acme' };
  expect(openFields(typed, demanding, 'CNY').size).toBe(0);
  expect([...openFields({ ...typed, kind: 'company' }, demanding, 'CNY')]).toEqual([
    ['profile.industry', 'required'],
  ]);
});

it('sends what was typed, leaves out what is empty or of the other kind, and passes the contract', async () => {
  const profile = { birthday: '1990-2-8', industry: 'hotels', occupation: ' ' };
  const typed = { ...emptyRegistration('138 0013 8000'), name: 'Li Na', profile };
  const customer = await newCustomerOf(typed, form, { callId, home });
  expect(customer).toMatchObject({ pinnedNote: null, profile: { birthday: '1990-2-8' } });
  expect(Object.keys(customer.profile)).toEqual(['birthday']);
  expect(customer.points).toMatchObject([{ kind: 'phone', raw: '138 0013 8000', preferred: true }]);
  expect(newCustomerSchema.parse(customer)).toEqual(customer);
  const wish = similarWishOf({ ...typed, profile: { ...profile, birthday: '1990-02-08' } });
  expect(wish).toMatchObject({ numberRaw: '138 0013 8000', birthday: '1990-02-08' });
  expect(similarWishSchema.parse(wish)).toEqual(wish);
});

it.each<[string, PointLabel | null, string]>([
  ['010-62345678', null, 'landline'],
  ['138 0013 8000', null, 'mobile'],
  ['400-812-3456', null, 'other'],
  ['who knows 3', null, 'mobile'],
  ['010-62345678', 'work', 'work'],
])('%s with the label %j is stored as %s', async (raw, label, stored) => {
  const points = [{ ...phone(raw), label }, email('li@example.org')];
  const typed = { ...emptyRegistration(''), name: 'Li Na', points };
  const customer = await newCustomerOf(typed, form, { callId, home });
  expect(customer.points).toMatchObject([{ label: stored }, { label: 'other' }]);
});

it('does not ask what is retired', () => {
  const some = form.map((field) => ({ ...field, retired: field.id === 'gender' }));
  expect(askedFields(some, 'person').map(({ id }) => id)).not.toContain('gender');
});

it('reads only drafts it knows, and those of before', () => {
  expect(readRegisterDraft({ name: 'half' })).toEqual({ name: 'half' });
  expect(readRegisterDraft({ kind: 'robot' })).toBeNull();
  expect(readRegisterDraft({ name: 'x', numberRaw: '138', email: '', address: '' })).toMatchObject({
    name: 'x',
    points: [{ kind: 'phone', raw: '138' }, { kind: 'email' }, { kind: 'address' }],
  });
});

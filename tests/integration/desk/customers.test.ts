import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InputOf } from '#shared/contract/contract.ts';
import type { NewCustomer, NewPoint } from '#shared/contract/methods/customers.ts';
import type { Card } from '#shared/contract/models/records.ts';
import { localDate } from '#shared/domain/localDate.ts';
import { changeOf, contactFields, newId, stampAt } from '#tests/support/cacheFixture.ts';
import { customerId, startShift, type TestShift } from '#tests/support/deskShift.ts';

/** What agents write down of customers: registration, edits with their history, relations, questions. */
let desk: TestShift;
beforeEach(async () => {
  desk = await startShift();
});
afterEach(() => desk.stop());

const phone = (raw: string, more: Partial<NewPoint> = {}): NewPoint => ({
  ...{ kind: 'phone', label: 'mobile', raw, preferred: false, consent: 'unknown' },
  ...more,
});

function register(parts: Partial<NewCustomer> = {}): Promise<Card> | Card {
  return desk.ask['customers.register']({
    ...{ kind: 'person', name: 'Li Na', points: [], profile: {}, pinnedNote: null, callId: null },
    ...parts,
  });
}

function edit(change: InputOf<'customers.edit'>['edit'], id = customerId): Card {
  return desk.ask['customers.edit']({ customerId: id, edit: change, callId: null }) as Card;
}

const history = (field: string | null = null, id = customerId) =>
  desk.ask['customers.history']({ customerId: id, field, limit: 50 });

/** Details of what the desk refuses. */
async function refusal(run: () => unknown): Promise<unknown> {
  try {
    await run();
    return 'taken';
  } catch (error) {
    return (error as { details?: unknown }).details;
  }
}

const waiting = () => desk.cache.nextOperations(1000).length;
const today = () => localDate(desk.clock.now());

describe('registration', () => {
  test('keeps numbers with preference and consent, and the values of the form', async () => {
    const card = await register({
      points: [
        phone('+4915112345678'),
        phone('138 0013 8111', { preferred: true, consent: 'given' }),
        { ...phone('li.na@example.org'), kind: 'email' },
        { ...phone('上海市徐汇区 漕溪北路 1 号'), kind: 'address', label: 'home' },
      ],
      profile: { birthday: '1990年2月8日', interests: '旅行、Music', budget: '2万', gender: '' },
    });
    expect(card.contactPoints).toHaveLength(4);
    expect(card.contactPoints.find(({ preferred }) => preferred)).toMatchObject({
      ...{ normal: '+8613800138111', consent: 'given', kind: 'phone' },
    });
    expect(card.customer.profile).toEqual({
      birthday: { value: '1990-02-08', verifiedOn: today(), source: 'desk' },
      interests: { value: 'travel,music', verifiedOn: today(), source: 'desk' },
      budget: { value: '20000.00 CNY', verifiedOn: today(), source: 'desk' },
    });
  });

  test.each<[Partial<NewCustomer>, string, string]>([
    [{ name: ' \u3000\u200b ' }, 'name', 'blank'],
    [{ points: [phone('110'), phone('no number')] }, 'points.1', 'noDigits'],
    [{ points: [{ ...phone('a@b'), kind: 'email' }] }, 'points.0', 'noMail'],
    [{ profile: { birthday: '2023-02-30' } }, 'profile.birthday', 'noSuchDate'],
    [{ profile: { household: 'many' } }, 'profile.household', 'notANumber'],
    [{ profile: { nowhere: 'x' } }, 'profile.nowhere', 'unknownField'],
  ])('%j is told at %s as %s, and nothing is kept', async (parts, field, problem) => {
    const before = waiting();
    expect(await refusal(() => register(parts))).toEqual({ field, problem });
    expect(waiting()).toBe(before);
  });

  test('asks for what the form requires of this kind of customer', async () => {
    const { fields, refusedMonths } = desk.cache.part('customerForm');
    const demanding = fields.map((one) => ({ ...one, required: one.id === 'industry' }));
    const value = { fields: demanding, refusedMonths, version: 1 };
    await desk.cache.apply([changeOf('setting', newId(), { key: 'customerForm', value })], null, 0);
    expect(await refusal(() => register({ kind: 'company', name: 'Acme' }))).toEqual({
      ...{ field: 'profile.industry', problem: 'required' },
    });
    expect(await refusal(() => register())).toBe('taken');
  });
});

describe('edits', () => {
  test('change one value and say who, when, from what to what', async () => {
    edit({ profile: { occupation: 'teacher' } });
    desk.clock.advance(60_000);
    edit({ profile: { occupation: 'doctor' }, name: '张伟明' });
    expect(await history('profile.occupation')).toMatchObject([
      { before: '"teacher"', after: '"doctor"', source: 'desk', at: desk.clock.now() },
      { before: 'null', after: '"teacher"' },
    ]);
    expect(await history('name')).toMatchObject([{ before: '"张伟"', after: '"张伟明"' }]);
    const sent = desk.cache.nextOperations(100).filter(({ entity }) => entity === 'customer');
    expect(sent.at(-1)?.fields).toEqual({
      name: '张伟明',
      profile: { occupation: { value: 'doctor', verifiedOn: today(), source: 'desk' } },
    });
  });

  test('keep what a colleague wrote into another line meanwhile', async () => {
    edit({ profile: { occupation: 'teacher' } });
    const [mine] = desk.cache.nextOperations(1);
    const held = desk.cache.record('customer', customerId);
    const profile = { company: { value: 'Acme', verifiedOn: null, source: 'call' } };
    await desk.cache.apply(
      [
        changeOf('customer', customerId, { ...held, profile } as never, {
          version: 2,
          stamp: stampAt(2_000),
        }),
      ],
      null,
      0,
    );
    expect(mine?.entity).toBeDefined();
    const card = desk.ask['customers.card']({ customerId }) as Card;
    expect(Object.keys(card.customer.profile).sort()).toEqual(['company', 'occupation']);
  });

  test('keep values of fields that the form does not ask any more', async () => {
    const { fields, refusedMonths } = desk.cache.part('customerForm');
    edit({ profile: { companyRole: 'owner' } });
    const value = {
      fields: fields.filter(({ id }) => id !== 'companyRole'),
      refusedMonths,
      version: 1,
    };
    await desk.cache.apply([changeOf('setting', newId(), { key: 'customerForm', value })], null, 0);
    expect(edit({ profile: { occupation: 'x' } }).customer.profile.companyRole?.value).toBe(
      'owner',
    );
  });

  test.each<[string, string]>([
    ['a hundred thousand letters', 'x'.repeat(100_000)],
    ['a hundred thousand that JSON writes longer', '"\\'.repeat(50_000)],
    ['emoji and right-to-left', '👩‍👧‍👦 مرحبا بالعالم \u202e123'],
    ['what looks like a page', '<img src=x onerror=alert(1)><script>alert(1)</script>'],
  ])('take a note of %s as it is', async (_, note) => {
    expect(edit({ pinnedNote: note }).customer.pinnedNote).toBe(note);
    const kept: string = JSON.parse((await history('pinnedNote'))[0]?.after ?? '');
    expect(kept.startsWith(note.slice(0, 8))).toBe(true);
  });

  test('refuse one letter more, and keep what was there', async () => {
    edit({ pinnedNote: 'before' });
    const note = 'x'.repeat(100_001);
    expect(await refusal(() => edit({ pinnedNote: note }))).toEqual({
      ...{ field: 'pinnedNote', problem: 'tooLong' },
    });
    expect((desk.ask['customers.card']({ customerId }) as Card).customer.pinnedNote).toBe('before');
    expect(edit({ pinnedNote: '  ' }).customer.pinnedNote).toBeNull();
  });

  test('confirm a value by one wish', async () => {
    edit({ profile: { occupation: 'teacher' } });
    desk.clock.advance(40 * 24 * 3_600_000);
    const card = (await desk.ask['customers.verify']({
      ...{ customerId, field: 'profile.occupation', callId: null },
    })) as Card;
    expect(card.customer.profile.occupation).toMatchObject({
      value: 'teacher',
      verifiedOn: today(),
    });
    expect(await history('profile.occupation')).toMatchObject([
      { before: '"teacher"', after: '"teacher"' },
      { after: '"teacher"' },
    ]);
  });

  test('hours without a day or an end are told', async () => {
    const callHours = { from: 600, to: 600, days: [1] };
    expect(await refusal(() => edit({ callHours }))).toEqual({
      field: 'callHours',
      problem: 'noHours',
    });
    expect(edit({ callHours: { ...callHours, to: 660 }, doNotCall: true }).customer).toMatchObject({
      ...{ callHours: { from: 600, to: 660 }, doNotCall: true },
    });
  });
});

describe('ways to reach a customer', () => {
  test('one of a kind is preferred, a retired one is not', async () => {
    const add = (point: NewPoint) =>
      desk.ask['customers.addPoint']({ customerId, point, callId: null }) as Card;
    const card = add(phone('+4915112345678', { preferred: true }));
    expect(card.contactPoints.filter(({ preferred }) => preferred)).toHaveLength(1);
    const pointId = card.contactPoints.find(({ preferred }) => preferred)?.id ?? '';
    const change = (pointEdit: InputOf<'customers.changePoint'>['edit']) =>
      desk.ask['customers.changePoint']({
        ...{ customerId, pointId, callId: null },
        edit: pointEdit,
      }) as Card;
    const retired = change({ retired: true }).contactPoints.find(({ id }) => id === pointId);
    expect(retired).toMatchObject({ retired: true, preferred: false });
    const moved = change({ raw: '+49 151 87654321', consent: 'refused' });
    expect(moved.contactPoints.find(({ id }) => id === pointId)).toMatchObject({
      ...{ normal: '+4915187654321', consent: 'refused', verifiedOn: today() },
    });
    expect(await refusal(() => change({ raw: '  ' }))).toEqual({ field: 'raw', problem: 'blank' });
    const fields = (await history()).map(({ field }) => field.split('.').at(-1));
    expect(fields.filter((field) => field === 'raw')).toHaveLength(2);
  });
});

describe('relations', () => {
  test('stand at both ends, once, and end without being removed', async () => {
    const firm = await register({ kind: 'company', name: 'Acme' });
    const wish = {
      fromId: customerId,
      toId: firm.customer.id,
      kind: 'employer',
      note: '',
    } as const;
    const { relationId } = await desk.ask['customers.relate'](wish);
    expect((await desk.ask['customers.relate'](wish)).relationId).toBe(relationId);
    const seen = async (id: string) => await desk.ask['customers.relations']({ customerId: id });
    expect(await seen(customerId)).toMatchObject([
      { other: 'to', otherName: 'Acme', endedAt: null },
    ]);
    expect(await seen(firm.customer.id)).toMatchObject([{ other: 'from', otherName: '张伟' }]);
    await desk.ask['customers.endRelation']({ relationId });
    expect(await seen(customerId)).toMatchObject([{ endedAt: desk.clock.now() }]);
    expect(
      await refusal(() => desk.ask['customers.relate']({ ...wish, toId: customerId })),
    ).toEqual({ field: 'toId', problem: 'itself' });
  });
});

describe('questions', () => {
  const questions = async () =>
    (await desk.ask['customers.questions']({ customerId })).map(({ fieldId }) => fieldId);
  const answer = (
    fieldId: string,
    outcome: InputOf<'customers.answer'>['outcome'],
    value: string | null,
  ) => desk.ask['customers.answer']({ customerId, fieldId, outcome, value, callId: null }) as Card;

  test('are at most two, and none twice in a day', async () => {
    const [first = '', second = ''] = await questions();
    expect(answer(first, 'answered', 'now').customer.profile[first]).toEqual({
      ...{ value: 'now', verifiedOn: today(), source: 'drip' },
    });
    expect(await history(`profile.${first}`)).toMatchObject([{ source: 'drip' }]);
    answer(second, 'refused', null);
    expect(await questions()).toEqual([]);
    desk.clock.advance(24 * 3_600_000);
    const next = await questions();
    expect(next).toHaveLength(2);
    expect(next).not.toContain(first);
    expect(next).not.toContain(second);
  });

  test('an answer that cannot be read is told, and nothing is kept', async () => {
    const before = waiting();
    expect(await refusal(() => answer('birthday', 'answered', '31 June'))).toEqual({
      ...{ field: 'profile.birthday', problem: 'notADate' },
    });
    expect(await refusal(() => answer('birthday', 'answered', ' '))).toMatchObject({
      problem: 'blank',
    });
    expect(waiting()).toBe(before);
  });
});

describe('the time line', () => {
  test('is filtered by kind, words and time, and read on without losing entries of one moment', async () => {
    const entry = (at: number, change: Parameters<typeof contactFields>[2]) =>
      changeOf('contact', newId(), contactFields(customerId, at, change));
    await desk.cache.apply(
      [
        ...Array.from({ length: 25 }, (_, n) =>
          entry(1_000_000, { kind: 'mail', title: `letter ${n}` }),
        ),
        entry(2_000_000, { kind: 'call', title: '100% sure_' }),
        entry(3_000_000, { kind: 'visit', title: '', detail: 'Broken TAP' }),
      ],
      null,
      0,
    );
    const filter = { kinds: [], text: '', from: null, to: null };
    const page = (change: Partial<InputOf<'customers.timeline'>>) =>
      desk.ask['customers.timeline']({ customerId, before: null, filter, limit: 10, ...change });
    const seen = new Set<string>();
    let last: { at: number; id: string } | undefined;
    for (let round = 0; round < 4; round += 1) {
      const entries = await page({ before: last?.at ?? null, beforeId: last?.id ?? null });
      for (const { id } of entries) seen.add(id);
      last = entries.at(-1);
    }
    expect(seen.size).toBe(27);
    expect(await page({ filter: { ...filter, text: 'tap' } })).toMatchObject([{ kind: 'visit' }]);
    expect(await page({ filter: { ...filter, text: '0% s' } })).toHaveLength(1);
    expect(await page({ filter: { ...filter, text: 'sure%' } })).toEqual([]);
    expect(await page({ filter: { ...filter, kinds: ['call'] } })).toHaveLength(1);
    expect(await page({ filter: { ...filter, from: 2_000_000, to: 3_000_000 } })).toHaveLength(1);
    expect(await desk.ask['customers.timelineCounts']({ customerId, filter })).toEqual({
      ...{ mail: 25, call: 1, visit: 1 },
    });
  });
});

describe('value and lists', () => {
  test('say what a class comes from, and find customers without a call', async () => {
    const order = (at: number, minor: number, state: 'delivered' | 'cancelled') =>
      changeOf('order', newId(), {
        ...{ customerId, no: `SO-${at}`, at, title: 'Filter', state },
        amount: { minor, currency: 'CNY' },
      });
    const now = desk.clock.now();
    const dayMs = 24 * 3_600_000;
    await desk.cache.apply(
      [
        order(now - dayMs, 150_000, 'delivered'),
        order(now - 300 * dayMs, 50_000, 'delivered'),
        order(now - 400 * dayMs, 900_000, 'delivered'),
        order(now - 2 * dayMs, 700_000, 'cancelled'),
      ],
      null,
      0,
    );
    expect(await desk.ask['customers.value']({ customerId })).toEqual({
      ...{ valueClass: 'B', months: 12, orders: 2 },
      sums: [{ minor: 200_000, currency: 'CNY' }],
    });
    edit({ doNotCall: true });
    for (const list of ['newest', 'B', 'doNotCall'] as const) {
      const rows = await desk.ask['customers.list']({ list, limit: 10 });
      expect(rows.map((row) => row.customerId)).toContain(customerId);
    }
    expect(await desk.ask['customers.list']({ list: 'A', limit: 10 })).toEqual([]);
    desk.phone.offer();
    expect(await desk.ask['customers.list']({ list: 'recent', limit: 10 })).toMatchObject([
      { customerId, name: '张伟' },
    ]);
  });
});

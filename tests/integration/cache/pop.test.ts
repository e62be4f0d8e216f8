import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cache } from '#electron/cache/cache.ts';
import { buildPop } from '#electron/desk/pop.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { Change } from '#shared/sync/messages.ts';
import {
  changeOf,
  contactFields,
  customerFields,
  newId,
  openedCache,
  phoneFields,
  temporaryFolder,
  ticketFields,
} from '#tests/support/cacheFixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
let cache: Cache;
const [first, second, loser] = [newId(), newId(), newId()];
const mobile = '+8613800138000';
const office = '+862162345678';
const address = { kind: 'address', label: 'home', normal: null, preferred: false } as const;

beforeEach(async () => {
  folder = temporaryFolder();
  cache = await openedCache(folder.path);
});
afterEach(async () => {
  await cache.close();
  folder.remove();
});

const parsed = (text: string) => parseNumber(text, { country: 'CN', areaCode: '021' });
const pop = (text: string) => buildPop(cache, 'call', parsed(text));
const given = (...changes: Change[]) => cache.apply(changes, null, 0);
const phone = (customerId: string, normal: string, more = {}) =>
  changeOf('contactPoint', newId(), { ...phoneFields(customerId, normal), ...more });

test('the only customer with a number is told with the card as a list of candidates would', async () => {
  await given(
    changeOf('customer', first, customerFields({ name: '王芳', valueClass: 'A' })),
    phone(first, '+8613900139000'),
    phone(first, mobile, { verifiedOn: '2026-03-01' }),
    changeOf('contactPoint', newId(), { ...phoneFields(first, ''), ...address, raw: '北京' }),
    changeOf('contact', newId(), contactFields(first, 1000)),
    changeOf('contact', newId(), contactFields(first, 3000)),
    changeOf('ticket', newId(), ticketFields({ customerId: first })),
    changeOf('ticket', newId(), ticketFields({ customerId: first, state: 'closed' })),
  );

  const { match, candidates, card } = pop('138 0013 8000');

  expect(match).toBe('one');
  expect(card).toEqual(cache.card(first));
  expect(candidates).toEqual(cache.candidates(parsed(mobile)));
  expect(candidates).toMatchObject([
    { lastContactAt: 3000, openTickets: 1, place: '北京', verifiedOn: '2026-03-01' },
  ]);
});

test('a number of a merged customer opens the card of whoever stands for both', async () => {
  await given(
    changeOf('customer', first, customerFields({ name: '王芳' })),
    changeOf('customer', loser, customerFields({ mergedInto: first })),
    phone(first, mobile),
    phone(loser, mobile),
    phone(loser, office),
    changeOf('ticket', newId(), ticketFields({ customerId: first })),
    changeOf('ticket', newId(), ticketFields({ customerId: loser })),
  );

  for (const number of [mobile, office]) {
    const { match, candidates, card } = pop(number);
    expect(match).toBe('one');
    expect(card?.customer.id).toBe(first);
    expect(candidates).toMatchObject([{ customerId: first, openTickets: 2 }]);
  }
});

test('a number of two customers is for the agent to choose', async () => {
  await given(
    changeOf('customer', first, customerFields()),
    changeOf('customer', second, customerFields()),
    phone(first, mobile),
    phone(second, mobile),
  );
  const { match, candidates, card } = pop(mobile);
  expect({ match, card }).toEqual({ match: 'several', card: null });
  expect(candidates.map(({ customerId }) => customerId).sort()).toEqual([first, second].sort());
});

test('two extensions of one number are two people, and another extension may be either', async () => {
  await given(
    changeOf('customer', first, customerFields()),
    changeOf('customer', second, customerFields()),
    phone(first, office, { extension: '801' }),
    phone(second, office, { extension: '802' }),
  );
  expect(pop('021-62345678-802').card?.customer.id).toBe(second);
  expect(pop('021-62345678-803')).toMatchObject({ match: 'several', card: null });
  expect(pop(office)).toMatchObject({ match: 'several', card: null });
});

test('a number whose customer has not arrived yet is nobody’s', async () => {
  await given(phone(second, mobile));
  expect(pop(mobile)).toMatchObject({ match: 'none', candidates: [], card: null });
  await given(changeOf('customer', first, customerFields()), phone(first, mobile));
  expect(pop(mobile)).toMatchObject({ match: 'one', candidates: [{ customerId: first }] });
});

test('a retired number opens nothing, and neither does one that merely ends alike', async () => {
  await given(
    changeOf('customer', first, customerFields()),
    phone(first, mobile, { retired: true }),
    phone(first, '+8613711138000'),
  );
  expect(pop(mobile)).toMatchObject({ match: 'none', card: null });
});

import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SavedSegment } from '#shared/contract/methods/segments.ts';
import { fail, ok } from '#shared/result.ts';
import type { CustomerValues, SegmentMember } from '#shared/sync/segments.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { pickRule } from './picked.ts';
import { SegmentsPage } from './SegmentsPage.tsx';

const cells = Array.from({ length: 5 }, (_, line) => [line, 0, 0, 0, line * 2]);
const values: CustomerValues = {
  computedAt: 1_000,
  tookMs: 5,
  currency: 'CNY',
  months: 12,
  customers: 100,
  withOrders: 60,
  aFromMinor: 500_000,
  cUpToMinor: 0,
  classes: { A: 5, B: 55, C: 40 },
  cuts: { lastOrderAt: [], orders: [], amountMinor: [] },
  cells,
};
const member = (number: number): SegmentMember => ({
  customerId: uuid(number),
  no: null,
  name: `Customer ${number}`,
  kind: 'person',
  valueClass: 'A',
  orders: 3,
  amountMinor: 612_000,
  lastOrderAt: 1_000,
  recency: 5,
  frequency: 4,
  monetary: 5,
});

function open(answers: Parameters<typeof testDesk>[0] = {}) {
  const desk = testDesk({
    'segments.saved': () => ok([]),
    'segments.values': () => ok({ values, running: false }),
    'segments.count': ({ rule }) => ok({ count: rule.conditions.length * 10 }),
    'segments.list': ({ after }) =>
      ok({ members: after === null ? [member(1), member(2)] : [member(3)], more: after === null }),
    ...answers,
  });
  renderOnDesk(<SegmentsPage />, desk.bridge);
  return { desk, user: userEvent.setup() };
}

beforeEach(() => {
  window.location.hash = '#/segments';
  pickRule(null);
});
afterEach(cleanup);

it('shows a standing list with its count and its customers, page by page', async () => {
  const { user } = open();
  expect((await screen.findByText('20 customers')).textContent).toBe('20 customers');
  expect(await screen.findAllByTestId('segment-member')).toHaveLength(2);
  await user.click(screen.getByTestId('members-more'));
  await waitFor(() => expect(screen.getAllByTestId('segment-member')).toHaveLength(3));
  expect(screen.queryByTestId('members-more')).toBeNull();
});

it('counts anew while the rule is edited, and takes no wrong number', async () => {
  const { desk, user } = open();
  await user.click(await screen.findByTestId('condition-add'));
  await screen.findByText('30 customers');
  const numbers = screen.getAllByTestId<HTMLInputElement>('condition-number');
  const last = numbers.at(-1);
  if (!last) throw new Error('no number');
  await user.clear(last);
  await user.type(last, 'many');
  expect(last.getAttribute('aria-invalid')).toBe('true');
  await user.clear(last);
  await user.type(last, '7');
  await waitFor(() =>
    expect(desk.inputsOf('segments.count').at(-1)).toMatchObject({
      rule: { conditions: [{}, {}, { field: 'orders', count: 7 }] },
    }),
  );
});

it('a class or a cell of the summary begins a new segment, which needs a name', async () => {
  const kept: SavedSegment[] = [];
  const { desk, user } = open({
    'segments.save': ({ name, rule }) => {
      const segment: SavedSegment = {
        ...{ id: uuid(9), name, rule, description: { en: '', 'zh-CN': '' }, standing: null },
        ...{ createdAt: 1, createdBy: uuid(1), retired: false },
      };
      kept.push(segment);
      return ok(segment);
    },
    'segments.saved': () => ok(kept),
  });
  await user.click(await screen.findByRole('button', { name: /Recency 5, frequency 5: 8/ }));
  await waitFor(() => expect(screen.getAllByTestId('condition')).toHaveLength(4));
  await user.click(screen.getByTestId('segment-save'));
  expect(screen.getByRole('alert').textContent).toContain('needs a name');
  await user.type(screen.getByTestId('segment-name-en'), 'Best of all');
  await user.click(screen.getByTestId('segment-save'));
  await waitFor(() => expect(window.location.hash).toBe(`#/segments/${uuid(9)}`));
  expect(desk.inputsOf('segments.save')).toMatchObject([
    { id: null, name: { en: 'Best of all', 'zh-CN': 'Best of all' }, rule: { match: 'all' } },
  ]);
});

it('says so where the centre cannot be asked; the rule stays to be edited', async () => {
  const down = () => fail('server-unreachable', 'down');
  open({ 'segments.count': down, 'segments.list': down, 'segments.values': down });
  expect(await screen.findByText('The centre cannot be asked now')).toBeTruthy();
  expect(within(document.body).getAllByTestId('condition')).toHaveLength(2);
});

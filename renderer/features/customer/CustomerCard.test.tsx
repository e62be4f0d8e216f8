import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { FieldChangeView } from '#shared/contract/methods/customers.ts';
import type { Card } from '#shared/contract/models/records.ts';
import { fail, ok } from '#shared/result.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { BridgeProvider } from '../../app/bridge.tsx';
import { aCall, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { CustomerCard } from './CustomerCard.tsx';

const customerId = uuid(10);

function aCard(profile: Card['customer']['profile'] = {}): Card {
  return {
    customer: {
      ...usualFieldsOf('customer'),
      ...{ id: customerId, no: 'C1', kind: 'person', name: 'Maria Keller', valueClass: 'A' },
      ...{ since: '2022-03-01', tags: [], profile, pinnedNote: null, createdAt: 0, createdBy: 'x' },
    },
    ...{
      contactPoints: [],
      timeline: [],
      timelineTotal: 0,
      openTickets: [],
      promises: [],
      orders: [],
    },
  };
}

const teacher = { occupation: { value: 'teacher', verifiedOn: '2024-01-05', source: 'call' } };
const change: FieldChangeView = {
  ...{
    id: uuid(70),
    customerId,
    field: 'profile.occupation',
    before: '"nurse"',
    after: '"teacher"',
  },
  ...{ at: 1_000_000, byId: uuid(1), byName: 'Wang Lei', source: 'call', waiting: false },
};

function open(card = aCard(teacher), answers: Parameters<typeof testDesk>[0] = {}) {
  const call = aCall();
  const desk = testDesk({
    'customers.edit': () => ok(card),
    'customers.verify': () => ok(card),
    'customers.history': () => ok([change]),
    'customers.relations': () => ok([]),
    'customers.questions': () => ok([]),
    'customers.value': () =>
      ok({
        ...{ valueClass: 'A', months: 12, orders: 12 },
        sums: [{ minor: 3_820_000, currency: 'CNY' }],
      }),
    ...answers,
  });
  const view = renderOnDesk(<CustomerCard card={card} call={call} />, desk.bridge, [call]);
  return { desk, view, call, user: userEvent.setup() };
}

afterEach(cleanup);

const edit = (id: string) => screen.getByTestId(`profile-${id}-edit`);
const input = (id: string) => screen.getByTestId<HTMLInputElement>(`profile-${id}-input`);

describe('a field that is changed where it stands', () => {
  it('saves with Enter, and the caret comes back to it', async () => {
    const { desk, user, call } = open();
    edit('occupation').focus();
    await user.keyboard('{Enter}');
    expect(input('occupation').value).toBe('teacher');
    fireEvent.change(input('occupation'), { target: { value: 'doctor' } });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(edit('occupation')));
    expect(desk.inputsOf('customers.edit')).toEqual([
      { customerId, callId: call.id, edit: { profile: { occupation: 'doctor' } } },
    ]);
  });

  it('gives up with Escape, and asks nothing of the desk', async () => {
    const { desk, user } = open();
    await user.click(edit('occupation'));
    fireEvent.change(input('occupation'), { target: { value: 'x' } });
    await user.keyboard('{Escape}');
    expect(edit('occupation').textContent).toContain('teacher');
    expect(desk.inputsOf('customers.edit')).toEqual([]);
  });

  it('keeps what was typed and tells why it does not fit', async () => {
    const problem = { field: 'profile.occupation', problem: 'noSuchDate' };
    const { user } = open(aCard(teacher), {
      'customers.edit': () => fail('invalid-input', 'x', problem),
    });
    await user.click(edit('occupation'));
    fireEvent.change(input('occupation'), { target: { value: '1990-02-30' } });
    await user.keyboard('{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('This date does not exist');
    expect(input('occupation').value).toBe('1990-02-30');
  });

  it('tells what a colleague wrote meanwhile, and keeps what is typed', async () => {
    const { user, view, desk, call } = open();
    await user.click(edit('occupation'));
    fireEvent.change(input('occupation'), { target: { value: 'mine' } });
    const theirs = aCard({ occupation: { value: 'theirs', verifiedOn: null, source: 'desk' } });
    view.rerender(
      <MantineProvider env="test">
        <BridgeProvider bridge={desk.bridge}>
          <CustomerCard card={theirs} call={call} />
        </BridgeProvider>
      </MantineProvider>,
    );
    expect(screen.getByTestId('changed-meanwhile').textContent).toContain('theirs');
    expect(input('occupation').value).toBe('mine');
  });

  it('is confirmed by one key, and its history opened by another', async () => {
    const { desk, user, call } = open();
    edit('occupation').focus();
    await user.keyboard('v');
    await waitFor(() =>
      expect(desk.inputsOf('customers.verify')).toEqual([
        { customerId, field: 'profile.occupation', callId: call.id },
      ]),
    );
    await user.keyboard('h');
    const entry = await screen.findByTestId('field-change');
    expect(entry.textContent).toContain('nurse');
    expect(entry.textContent).toContain('Wang Lei');
  });
});

describe('what is shown', () => {
  it('relates two customers by keyboard, with a note', async () => {
    const other = uuid(77);
    const hit = { customerId: other, name: 'Li Na', valueClass: 'B' as const };
    const { desk, user } = open(aCard(teacher), {
      'customers.search': () => ok([{ ...hit, kind: 'person', hint: null }]),
      'customers.relate': () => ok({ relationId: uuid(78) }),
    });
    (await screen.findByTestId('add-relation')).focus();
    await user.keyboard('{Enter}');
    await user.type(screen.getByTestId('relation-note'), ' keys with her ');
    await user.type(screen.getByTestId('relation-who'), 'li');
    await screen.findByTestId('relation-hit');
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() =>
      expect(desk.inputsOf('customers.relate')).toEqual([
        { fromId: customerId, toId: other, kind: 'household', note: 'keys with her' },
      ]),
    );
  });

  it('tells what the class comes from', async () => {
    open();
    expect((await screen.findByTestId('value-line')).textContent).toMatch(
      /^A: 12 orders, .*38,200.* in 12 months$/u,
    );
  });

  it('keeps values of fields the form does not have, and runs nothing of any', () => {
    const held = {
      value: '<img src=x onerror="window.ran = true">',
      verifiedOn: null,
      source: 'x',
    };
    open(aCard({ petName: held }));
    expect(screen.getByTestId('profile-petName').textContent).toContain('<img');
    expect('ran' in window).toBe(false);
    expect(screen.queryByTestId('profile-petName-edit')).toBeNull();
  });
});

describe('questions in passing', () => {
  it('are answered, refused and put off by keyboard', async () => {
    const { desk, user, call } = open(aCard(), {
      'customers.questions': () =>
        ok([
          { fieldId: 'occupation', why: 'missing', held: null },
          { fieldId: 'birthday', why: 'stale', held: '1990-02-08' },
        ]),
      'customers.answer': () => ok(aCard()),
    });
    const [first, second] = await screen.findAllByTestId('drip-question');
    if (!first || !second) throw new Error('two questions are asked');
    fireEvent.change(within(first).getByTestId('drip-answer'), { target: { value: 'teacher' } });
    within(first).getByTestId('drip-answer').focus();
    await user.keyboard('{Enter}');
    within(second).getByTestId('drip-answer').focus();
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    const of = (fieldId: string) => ({ customerId, fieldId, callId: call.id });
    await waitFor(() =>
      expect(desk.inputsOf('customers.answer')).toEqual([
        { ...of('occupation'), outcome: 'answered', value: 'teacher' },
        { ...of('birthday'), outcome: 'refused', value: null },
      ]),
    );
  });
});

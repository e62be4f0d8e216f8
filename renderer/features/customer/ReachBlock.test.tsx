import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { Card, ContactPointView } from '#shared/contract/models/records.ts';
import { fail, ok } from '#shared/result.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { ReachBlock } from './ReachBlock.tsx';
import { useCustomerEdit } from './useCustomerEdit.ts';

const customerId = uuid(10);

function aPoint(number: number, changes: Partial<ContactPointView>): ContactPointView {
  const raw = changes.raw ?? '13800138000';
  return {
    ...usualFieldsOf('contactPoint'),
    ...{ id: uuid(number), customerId, kind: 'phone', label: 'mobile', raw, display: raw },
    ...{ normal: null, extension: null, preferred: false, retired: false, verifiedOn: null },
    consent: 'unknown',
    ...changes,
  };
}

const number = aPoint(30, {});
const address = aPoint(31, { kind: 'address', label: 'home', raw: 'Am Markt 1' });

const card: Card = {
  customer: {
    ...usualFieldsOf('customer'),
    ...{ id: customerId, no: 'C1', kind: 'person', name: 'Maria Keller', valueClass: 'A' },
    ...{
      since: '2022-03-01',
      tags: [],
      profile: {},
      pinnedNote: null,
      createdAt: 0,
      createdBy: 'x',
    },
  },
  contactPoints: [number, address],
  ...{ timeline: [], timelineTotal: 0, openTickets: [], promises: [], orders: [] },
};

function Block() {
  const editing = useCustomerEdit(customerId, null);
  return <ReachBlock card={card} call={null} editing={editing} />;
}

function open(answers: Parameters<typeof testDesk>[0] = {}) {
  const desk = testDesk({
    'customers.changePoint': () => ok(card),
    'customers.addPoint': () => ok(card),
    ...answers,
  });
  renderOnDesk(<Block />, desk.bridge);
  return { desk, user: userEvent.setup() };
}

afterEach(cleanup);

const text = (id: string) => screen.getByTestId<HTMLInputElement>(id);

describe('a way to reach somebody', () => {
  it.each([
    ['a number', 0, number],
    ['an address', 1, address],
  ])('%s is changed with Enter, and left with Escape', async (_case, row, { id }) => {
    const { desk, user } = open();
    const edit = screen.getAllByTestId('edit-point')[row];
    if (!edit) throw new Error('no such row');
    await user.click(edit);
    expect(document.activeElement).toBe(text('point-raw'));
    fireEvent.change(text('point-raw'), { target: { value: 'another' } });
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('point-editor')).toBeNull();
    await user.click(edit);
    fireEvent.change(text('point-raw'), { target: { value: 'a third' } });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByTestId('point-editor')).toBeNull());
    expect(desk.inputsOf('customers.changePoint')).toEqual([
      { customerId, pointId: id, edit: { raw: 'a third' }, callId: null },
    ]);
  });

  it('keeps its label and its consent at once', async () => {
    const { desk, user } = open();
    await user.click(screen.getAllByTestId('edit-point')[0] as HTMLElement);
    await user.selectOptions(screen.getByLabelText('Label'), 'Landline');
    await user.selectOptions(screen.getByLabelText('Consent'), 'Consent refused');
    expect(desk.inputsOf('customers.changePoint')).toMatchObject([
      { edit: { label: 'landline' } },
      { edit: { consent: 'refused' } },
    ]);
  });

  it('that is new gets the label that the number tells, and keeps what was refused', async () => {
    let refused = true;
    const { desk, user } = open({
      'customers.addPoint': () =>
        refused ? fail('invalid-input', 'x', { field: 'raw', problem: 'missing' }) : ok(card),
    });
    await user.click(screen.getByTestId('add-point'));
    fireEvent.change(text('new-point-raw'), { target: { value: '010-62345678' } });
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(text('new-point-raw').value).toBe('010-62345678');
    refused = false;
    text('new-point-raw').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByTestId('new-point')).toBeNull());
    expect(desk.inputsOf('customers.addPoint').at(-1)).toMatchObject({
      point: { kind: 'phone', label: 'landline', raw: '010-62345678', consent: 'unknown' },
    });
  });
});

import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ok } from '#shared/result.ts';
import { defaultTicketCategories } from '#shared/sample/lists/ticketCategories.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { aCall, aTicket, renderOnDesk, testDesk } from '../fields/testDesk.tsx';
import { TicketForm } from './TicketForm.tsx';

const call = aCall();
const draftKey = `ticket:${call.id}`;
const created = aTicket({ no: null, waiting: true, subject: 'No hot water' });

function open(answers: Parameters<typeof testDesk>[0] = {}, drafts = new Map<string, string>()) {
  const desk = testDesk(
    {
      'tickets.create': () => ok(created),
      'tickets.get': () => ok({ ticket: created, events: [] }),
      ...answers,
    },
    drafts,
  );
  const onDone = vi.fn();
  renderOnDesk(<TicketForm call={call} customer={null} onDone={onDone} />, desk.bridge, [call]);
  return { desk, onDone, user: userEvent.setup() };
}

afterEach(cleanup);

describe('TicketForm', () => {
  it('shows what comes from the call by itself', () => {
    open();
    const facts = screen.getByTestId('ticket-facts').textContent;
    for (const fact of [
      'Maria Keller',
      '138 0013 8000',
      'After-sales service',
      'Priya Nair (you)',
    ]) {
      expect(facts).toContain(fact);
    }
  });

  it('moves to the subject when it is missing and saves nothing', async () => {
    const { desk, user } = open();
    await user.click(screen.getByTestId('ticket-description'));
    await user.keyboard('{Control>}s{/Control}');
    expect(document.activeElement).toBe(screen.getByTestId('ticket-subject'));
    expect(screen.getByText('Write what it is about')).toBeTruthy();
    expect(desk.inputsOf('tickets.create')).toEqual([]);
  });

  it('says by how much a text is too long, and keeps it whole', async () => {
    const { desk, user } = open();
    await user.type(screen.getByTestId('ticket-subject'), 'Leak');
    const text = 'x'.repeat(100_004);
    fireEvent.change(screen.getByTestId('ticket-description'), { target: { value: text } });
    await user.keyboard('{Control>}s{/Control}');
    expect(screen.getByText(/100,004 of 100,000 characters: shorten the text by 4/)).toBeTruthy();
    expect(screen.getByTestId<HTMLTextAreaElement>('ticket-description').value).toHaveLength(
      100_004,
    );
    expect(desk.inputsOf('tickets.create')).toEqual([]);
  });

  it('refuses a date that does not exist', async () => {
    const { desk, user } = open();
    await user.type(screen.getByTestId('ticket-subject'), 'Leak');
    await user.type(screen.getByTestId('ticket-due'), '2-30');
    await user.keyboard('{Control>}s{/Control}');
    expect(document.activeElement).toBe(screen.getByTestId('ticket-due'));
    expect(screen.getByText('This date does not exist')).toBeTruthy();
    expect(desk.inputsOf('tickets.create')).toEqual([]);
  });

  it('saves with call and customer, shows that the number follows, and is done when closed', async () => {
    const { desk, onDone, user } = open();
    await user.type(screen.getByTestId('ticket-subject'), 'No hot water');
    await user.keyboard('{Control>}s{/Control}');
    expect((await screen.findByTestId('ticket-saved-title')).textContent).toContain(
      'number follows',
    );
    expect(desk.inputsOf('tickets.create')).toMatchObject([
      { subject: 'No hot water', callId: call.id, customerId: call.customerId, priority: 'normal' },
    ]);
    expect(desk.drafts.has(draftKey)).toBe(false);
    expect(document.activeElement).toBe(screen.getByTestId('ticket-close'));
    await user.keyboard('{Enter}');
    expect(onDone).toHaveBeenCalledWith(created);
  });

  it.each([
    ['has taken the ticket, before its number is back', null, 'Stored on this desk'],
    ['has given the number', '20260000001', 'The server has it'],
  ])('says one and the same in both lines once the server %s', async (_, no, words) => {
    const known = { ...created, no, waiting: false };
    const { user } = open({ 'tickets.get': () => ok({ ticket: known, events: [] }) });
    await user.type(screen.getByTestId('ticket-subject'), 'No hot water');
    await user.keyboard('{Control>}s{/Control}');
    const saved = await screen.findByTestId('ticket-saved');
    await waitFor(() => expect(saved.textContent).toContain(no ?? 'number follows'));
    expect(saved.textContent).toContain(words);
  });

  it('restores its draft', async () => {
    open(
      {},
      new Map([[draftKey, JSON.stringify({ subject: 'Half a subject', priority: 'urgent' })]]),
    );
    await waitFor(() =>
      expect(screen.getByTestId<HTMLInputElement>('ticket-subject').value).toBe('Half a subject'),
    );
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Urgent/ }).checked).toBe(true);
  });

  it('hints at an open ticket of the same category', async () => {
    const [category] = defaultTicketCategories;
    const open1 = aTicket({ categoryId: category?.id ?? null, subject: 'Drips since May' });
    const { user } = open({
      'customers.card': () =>
        ok({
          customer: {
            id: call.customerId ?? '',
            no: null,
            kind: 'person',
            name: 'Maria Keller',
            valueClass: 'A',
            since: '2019-01-01',
            tags: [],
            profile: {},
            pinnedNote: null,
            createdAt: 0,
            createdBy: 'import',
            ...usualFieldsOf('customer'),
          },
          contactPoints: [],
          timeline: [],
          timelineTotal: 0,
          openTickets: [open1],
          promises: [],
          orders: [],
        }),
    });
    await user.type(screen.getByTestId('ticket-category'), 'purifier leaking{Enter}');
    expect((await screen.findByTestId('open-ticket-hint')).textContent).toContain(
      'Drips since May',
    );
    await user.click(screen.getByText('Keep separate'));
    expect(screen.queryByTestId('open-ticket-hint')).toBeNull();
  });
});

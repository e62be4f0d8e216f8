import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { fail, ok } from '#shared/result.ts';
import { defaultDispositions } from '#shared/sample/lists/dispositions.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { aCall, aJournalEntry, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { WrapUpForm } from './WrapUpForm.tsx';

const ended = aCall({ state: 'ended', endedAt: 1_100_000, wrapUp: 'due' });
const draftKey = `wrapUp:${ended.id}`;
const nothing = {
  dispositionId: null,
  result: null,
  notes: '',
  followUpAt: null,
  tags: [],
  ticketIds: [],
  customerId: null,
};
const finishing = { 'wrapUps.finish': () => ok({}), 'wrapUps.park': () => ok({}) };
const noHotWater = defaultDispositions.find((one) => one.path.at(-1)?.en === 'No hot water');

function open(desk = testDesk(finishing)) {
  renderOnDesk(<WrapUpForm call={ended} />, desk.bridge, [ended]);
  return { desk, user: userEvent.setup() };
}

const finished = (desk: ReturnType<typeof testDesk>) => desk.inputsOf('wrapUps.finish');

afterEach(cleanup);

describe('WrapUpForm', () => {
  it('takes the caret when the call ends, and finishes a common call in at most 8 key strokes', async () => {
    const { desk, user } = open();
    expect(document.activeElement).toBe(screen.getByTestId('wrap-up-disposition'));
    const strokes = ['h', 'o', 't', '{Enter}', '{Alt>}1{/Alt}', '{Control>}{Enter}{/Control}'];
    expect(strokes.length).toBeLessThanOrEqual(8);
    for (const stroke of strokes) await user.keyboard(stroke);
    await waitFor(() =>
      expect(finished(desk)).toEqual([
        {
          callId: ended.id,
          draft: { ...nothing, dispositionId: noHotWater?.id, result: 'resolved' },
          rest: { state: 'ready' },
        },
      ]),
    );
  });

  it('calls who withheld the number as the bar and the journal do', () => {
    const number = { raw: '', display: '', key: null, withheld: true, region: null };
    const anonymous = { ...ended, number, customerName: null };
    renderOnDesk(<WrapUpForm call={anonymous} />, testDesk(finishing).bridge, [anonymous]);
    expect(screen.getByTestId('wrap-up-form').textContent).toContain('Number withheld');
  });

  it('leaves the caret where the agent types', () => {
    const elsewhere = document.createElement('input');
    document.body.append(elsewhere);
    elsewhere.focus();
    open();
    expect(document.activeElement).toBe(elsewhere);
    elsewhere.remove();
  });

  it('moves to the first missing field, says how many are left and finishes nothing', async () => {
    const { desk, user } = open();
    await user.keyboard('{Escape}');
    await user.click(screen.getByTestId('wrap-up-notes'));
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(document.activeElement).toBe(screen.getByTestId('wrap-up-disposition'));
    expect(screen.getByTestId('fields-left').textContent).toBe('2 fields left');
    expect(finished(desk)).toEqual([]);
  });

  it('picks no disposition by Ctrl Enter while the list is open', async () => {
    const { desk, user } = open();
    await user.keyboard('leaking{Control>}{Enter}{/Control}');
    expect(screen.getByTestId('fields-left').textContent).toBe('2 fields left');
    expect(finished(desk)).toEqual([]);
  });

  it('asks for the date of a follow-up, reads it and goes to a break', async () => {
    const { desk, user } = open();
    await user.keyboard('leaking{Enter}{Alt>}2{/Alt}');
    const date = screen.getByTestId('wrap-up-follow-up');
    expect(document.activeElement).toBe(date);
    await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
    expect(screen.getByText('Needed for “Follow-up”')).toBeTruthy();
    await user.type(date, '11-31{Tab}');
    expect(screen.getByText('This date does not exist')).toBeTruthy();
    await user.clear(date);
    await user.type(date, 'tomorrow 9:30');
    await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
    await waitFor(() => expect(finished(desk)).toHaveLength(1));
    const [input] = finished(desk) as [{ draft: { followUpAt: number }; rest: unknown }];
    const at = new Date(input.draft.followUpAt);
    expect([at.getHours(), at.getMinutes()]).toEqual([9, 30]);
    expect(input.rest).toEqual({ state: 'break', reason: 'rest' });
  });

  it('restores the draft of this call', async () => {
    const stored = {
      dispositionId: noHotWater?.id,
      result: 'followUp',
      notes: 'Sensor',
      followUpText: 'mon 10',
    };
    open(testDesk(finishing, new Map([[draftKey, JSON.stringify(stored)]])));
    await waitFor(() =>
      expect(screen.getByTestId<HTMLTextAreaElement>('wrap-up-notes').value).toBe('Sensor'),
    );
    expect(screen.getByTestId<HTMLInputElement>('wrap-up-disposition').value).toContain(
      'No hot water',
    );
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Follow-up/ }).checked).toBe(true);
    expect(screen.getByTestId<HTMLInputElement>('wrap-up-follow-up').value).toBe('mon 10');
  });

  it('keeps the restored disposition when Enter is pressed in its field', async () => {
    const stored = { dispositionId: noHotWater?.id };
    const { user } = open(testDesk(finishing, new Map([[draftKey, JSON.stringify(stored)]])));
    const disposition = screen.getByTestId<HTMLInputElement>('wrap-up-disposition');
    await waitFor(() => expect(disposition.value).toContain('No hot water'));
    expect(document.activeElement).toBe(disposition);
    await user.keyboard('{Enter}');
    expect(disposition.value).toContain('No hot water');
  });

  it('stores what is typed when a field is left, and forgets it once the call is finished', async () => {
    const { desk, user } = open();
    await user.type(screen.getByTestId('wrap-up-notes'), 'Valve worn');
    await user.tab();
    await waitFor(() => expect(desk.drafts.get(draftKey)).toContain('Valve worn'));
    await waitFor(() =>
      expect(screen.getByTestId('draft-mark').textContent).toContain('Draft saved'),
    );
    await user.click(screen.getByTestId('wrap-up-disposition'));
    await user.keyboard('leaking{Enter}{Alt>}1{/Alt}{Control>}{Enter}{/Control}');
    await waitFor(() => expect(desk.drafts.has(draftKey)).toBe(false));
  });

  it('keeps the form and its text when the desk refuses', async () => {
    const { desk, user } = open(testDesk({ 'wrapUps.finish': () => fail('disk-full', 'no room') }));
    await user.keyboard('leaking{Enter}{Alt>}1{/Alt}{Control>}{Enter}{/Control}');
    expect((await screen.findByRole('alert')).textContent).toContain('The wrap-up is not saved');
    await waitFor(() => expect(desk.drafts.get(draftKey)).toContain('"resolved"'));
  });

  it('parks what there is', async () => {
    const { desk, user } = open();
    await user.type(screen.getByTestId('wrap-up-notes'), 'half');
    await user.keyboard('{Control>}.{/Control}');
    await waitFor(() =>
      expect(desk.inputsOf('wrapUps.park')).toEqual([
        {
          callId: ended.id,
          draft: { ...nothing, notes: 'half' },
        },
      ]),
    );
  });

  it('leaves the draft of a parked call where the backlog finds it', async () => {
    const { desk, user } = open();
    await user.type(screen.getByTestId('wrap-up-notes'), 'half');
    await waitFor(() => expect(desk.drafts.get(draftKey)).toContain('half'));
    await user.keyboard('{Control>}.{/Control}');
    await waitFor(() => expect(desk.inputsOf('wrapUps.park')).toHaveLength(1));
    await waitFor(() =>
      expect(screen.getByTestId('wrap-up-finish').textContent).toContain('Finish, go ready'),
    );
    // What comes behind would overtake nothing: a draft that was dropped takes no more.
    await user.type(screen.getByTestId('wrap-up-notes'), ' a thought');
    await waitFor(() => expect(desk.drafts.get(draftKey)).toContain('half a thought'));
    expect(desk.inputsOf('drafts.remove')).toEqual([]);
  });

  it('offers the dispositions that were used most this week first', async () => {
    const wrapUp = {
      id: uuid(30),
      callId: ended.id,
      customerId: null,
      agentId: uuid(900),
      agentName: 'Priya Nair',
      dispositionId: noHotWater?.id ?? '',
      result: 'resolved' as const,
      notes: '',
      followUpAt: null,
      ticketIds: [],
      afterCallMs: 1000,
      savedAt: Date.now(),
      ...usualFieldsOf('wrapUp'),
    };
    const used = ok([aJournalEntry({ at: Date.now(), wrapUp })]);
    open(testDesk({ ...finishing, 'journal.list': () => used }));
    await waitFor(() =>
      expect(screen.getAllByRole('option')[0]?.textContent).toContain('1 × this week'),
    );
  });
});

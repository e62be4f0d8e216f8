import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import type { BacklogEntry } from '#shared/contract/models/calls.ts';
import { ok } from '#shared/result.ts';
import { defaultDispositions } from '#shared/sample/lists/dispositions.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { WrapUpBacklog } from './WrapUpBacklog.tsx';

afterEach(cleanup);

const parked: BacklogEntry = {
  callId: uuid(5),
  customerName: 'Jonas Albrecht',
  numberDisplay: '',
  endedAt: 1_000_000,
  talkMs: 200_000,
  draft: {
    dispositionId: defaultDispositions[0]?.id ?? null,
    result: null,
    notes: 'Wants an offer',
    followUpAt: null,
    tags: [],
    ticketIds: [],
    customerId: null,
  },
  missing: ['result'],
};

it('opens a parked call with what it has, and finishes it without changing the state', async () => {
  const desk = testDesk({ 'wrapUps.backlog': () => ok([parked]), 'wrapUps.finish': () => ok({}) });
  const user = userEvent.setup();
  renderOnDesk(<WrapUpBacklog opened onClose={() => undefined} />, desk.bridge);
  const entry = await screen.findByTestId('backlog-entry');
  expect(entry.textContent).toContain('Missing: result');
  await user.click(entry);
  expect(screen.getByTestId<HTMLTextAreaElement>('wrap-up-notes').value).toBe('Wants an offer');
  await user.keyboard('{Alt>}1{/Alt}{Control>}{Enter}{/Control}');
  await waitFor(() =>
    expect(desk.inputsOf('wrapUps.finish')).toEqual([
      {
        callId: parked.callId,
        draft: { ...parked.draft, result: 'resolved' },
        rest: { state: 'ready' },
      },
    ]),
  );
  expect(await screen.findByTestId('backlog-list')).toBeTruthy();
});

it('says that nothing waits', async () => {
  const desk = testDesk({ 'wrapUps.backlog': () => ok([]) });
  renderOnDesk(<WrapUpBacklog opened onClose={() => undefined} />, desk.bridge);
  expect(await screen.findByText('Every call is wrapped up')).toBeTruthy();
});

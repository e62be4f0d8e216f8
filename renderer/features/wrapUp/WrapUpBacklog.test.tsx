import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import type { Bridge } from '#shared/contract/bridge.ts';
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

it('begins on the first call, also where the list comes later than the dialog', async () => {
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const desk = testDesk({ 'wrapUps.backlog': () => ok([parked]) });
  const slow: Bridge = {
    ...desk.bridge,
    invoke: async (name, input) => {
      if (name === 'wrapUps.backlog') await told;
      return desk.bridge.invoke(name, input);
    },
  };
  renderOnDesk(<WrapUpBacklog opened onClose={() => undefined} />, slow);
  const cross = await screen.findByRole('button', { name: 'Close' });
  await waitFor(() => expect(document.activeElement).toBe(cross));
  tell();
  const entry = await screen.findByTestId('backlog-entry');
  await waitFor(() => expect(document.activeElement).toBe(entry));
});

it('says that nothing waits', async () => {
  const desk = testDesk({ 'wrapUps.backlog': () => ok([]) });
  renderOnDesk(<WrapUpBacklog opened onClose={() => undefined} />, desk.bridge);
  expect(await screen.findByText('Every call is wrapped up')).toBeTruthy();
});

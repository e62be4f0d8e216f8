import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok } from '#shared/result.ts';
import { aCall, aCandidate, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { MatchChooser } from './MatchChooser.tsx';

const first = aCandidate({ customerId: uuid(11), name: 'Havelwerk Pumpen GmbH', kind: 'company' });
const second = aCandidate({ customerId: uuid(12), name: 'Oliver Marquardt', certainty: 'maybe' });
const call = aCall({
  customerId: null,
  customerName: null,
  pop: { callId: uuid(1), match: 'several', candidates: [first, second], card: null },
});

function open() {
  const desk = testDesk({ 'calls.chooseCustomer': () => ok(call) });
  const onNone = vi.fn();
  renderOnDesk(<MatchChooser call={call} onNone={onNone} />, desk.bridge, [call]);
  return { desk, onNone, user: userEvent.setup() };
}

const chosen = (desk: ReturnType<typeof testDesk>) => desk.inputsOf('calls.chooseCustomer');

beforeEach(() => {
  (document.activeElement as HTMLElement | null)?.blur();
});
afterEach(cleanup);

describe('MatchChooser', () => {
  it('takes no focus and chooses nobody by itself', () => {
    const { desk } = open();
    expect(document.activeElement).toBe(document.body);
    expect(screen.queryByRole('option', { selected: true })).toBeNull();
    expect(chosen(desk)).toEqual([]);
  });

  it('never chooses by Enter alone', async () => {
    const { desk, user } = open();
    screen.getByTestId('match-list').focus();
    await user.keyboard('{Enter}{Enter}');
    expect(chosen(desk)).toEqual([]);
  });

  it('chooses by Enter once an arrow key has been pressed', async () => {
    const { desk, user } = open();
    screen.getByTestId('match-list').focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await waitFor(() => expect(chosen(desk)).toEqual([{ callId: call.id, customerId: uuid(12) }]));
  });

  it('chooses by Alt and digit from anywhere, and nobody by Alt 0', async () => {
    const { desk, onNone, user } = open();
    await user.keyboard('{Alt>}0{/Alt}');
    expect(onNone).toHaveBeenCalledTimes(1);
    await user.keyboard('{Alt>}9{/Alt}');
    expect(chosen(desk)).toEqual([]);
    await user.keyboard('{Alt>}1{/Alt}');
    await waitFor(() => expect(chosen(desk)).toEqual([{ callId: call.id, customerId: uuid(11) }]));
  });

  it('says where only the last digits agree', () => {
    open();
    expect(screen.getAllByTestId('match-candidate')[1]?.textContent).toContain('Maybe');
  });
});

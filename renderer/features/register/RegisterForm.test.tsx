import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { SimilarCustomer } from '#shared/contract/methods/quality.ts';
import { fail, ok } from '#shared/result.ts';
import { windowStore } from '../../store/window.ts';
import { aCall, aCandidate, renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { RegisterForm } from './RegisterForm.tsx';

const call = aCall({
  customerId: null,
  customerName: null,
  pop: { callId: uuid(1), match: 'none', candidates: [], card: null },
});
const similar: SimilarCustomer[] = [
  {
    ...aCandidate({ customerId: uuid(11), name: 'Sabine Vogt' }),
    score: 80,
    reasons: ['sameNumber'],
  },
  {
    ...aCandidate({ customerId: uuid(12), name: 'S. Voigt' }),
    score: 30,
    reasons: ['similarName'],
  },
];

/** Types at once: a form this long is slow to type into letter by letter. */
function fill(testId: string, text: string): void {
  const box = screen.getByTestId(testId);
  box.focus();
  fireEvent.change(box, { target: { value: text } });
}

function open(answers: Parameters<typeof testDesk>[0] = {}) {
  const desk = testDesk({
    'customers.similar': ({ name }) => ok(name === '' ? [] : similar),
    'calls.chooseCustomer': () => ok(call),
    // The card itself comes back by the call's own event: only the refusal matters here.
    'customers.register': () => fail('disk-full', 'no room'),
    ...answers,
  });
  renderOnDesk(<RegisterForm call={call} />, desk.bridge, [call]);
  return { desk, user: userEvent.setup() };
}

afterEach(cleanup);

describe('RegisterForm', () => {
  it('has the number filled in', () => {
    open();
    expect(screen.getByTestId<HTMLInputElement>('register-number').value).toBe('13800138000');
  });

  it.each([
    ['talking', 'none', true],
    ['ringing', 'none', false],
    ['talking', 'several', false],
  ] as const)('while %s with %s known, the name has the focus: %s', (state, match, has) => {
    const one = { ...call, state, pop: { ...call.pop, match } };
    renderOnDesk(<RegisterForm call={one} />, testDesk().bridge, [one]);
    expect(document.activeElement === screen.getByTestId('register-name')).toBe(has);
  });

  it('leaves the focus to who has it', () => {
    const box = document.body.appendChild(document.createElement('input'));
    box.focus();
    open();
    expect(document.activeElement).toBe(box);
    box.remove();
  });

  it('calls a landline a landline, until the agent calls it otherwise', async () => {
    const { desk, user } = open();
    const label = screen.getByTestId<HTMLSelectElement>('register-number-label');
    expect(label.value).toBe('mobile');
    fill('register-number', '010-62345678');
    await waitFor(() => expect(label.value).toBe('landline'));
    await user.selectOptions(label, 'work');
    fill('register-number', '010-62345679');
    fill('register-name', 'Voigt');
    await user.keyboard('{Control>}s{/Control}');
    await waitFor(() =>
      expect(desk.inputsOf('customers.register')).toMatchObject([
        { points: [{ label: 'work', raw: '010-62345679' }] },
      ]),
    );
  });

  it('offers similar customers with the reason, and takes none by Enter alone', async () => {
    const { desk, user } = open();
    fill('register-name', 'Voigt');
    const rows = await screen.findAllByTestId('similar-customer');
    expect(rows[0]?.textContent).toContain('Same number');
    expect(rows[1]?.textContent).toContain('Like name');
    await user.keyboard('{Enter}');
    expect(desk.inputsOf('calls.chooseCustomer')).toEqual([]);
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() =>
      expect(desk.inputsOf('calls.chooseCustomer')).toEqual([
        { callId: call.id, customerId: uuid(11) },
      ]),
    );
  });

  it('moves to the name when it is missing', async () => {
    const { desk, user } = open();
    await user.click(screen.getByTestId('register-note'));
    await user.keyboard('{Control>}s{/Control}');
    expect(document.activeElement).toBe(screen.getByTestId('register-name'));
    expect(screen.getByTestId('fields-left').textContent).toBe('1 field left');
    expect(desk.inputsOf('customers.register')).toEqual([]);
  });

  it('sends what was typed, and keeps it when the desk refuses', async () => {
    const { desk, user } = open();
    fill('register-name', 'Li Na');
    fill('register-email', 'li.na@example.org');
    await user.keyboard('{Control>}s{/Control}');
    expect((await screen.findByRole('alert')).textContent).toContain('The customer is not saved');
    expect(desk.inputsOf('customers.register')).toMatchObject([
      {
        name: 'Li Na',
        callId: call.id,
        points: [{ raw: '13800138000' }, { raw: 'li.na@example.org' }],
      },
    ]);
    expect(desk.drafts.get(`register:${call.id}`)).toContain('Li Na');
  });

  it('tells a date that does not exist at its field, and opens the fold it is in', async () => {
    const { desk, user } = open();
    fill('register-name', 'Li Na');
    fill('register-field-birthday', '1990-02-30');
    await user.keyboard('{Control>}s{/Control}');
    expect(screen.getByText('This date does not exist')).toBeDefined();
    expect(document.activeElement).toBe(screen.getByTestId('register-field-birthday'));
    expect(desk.inputsOf('customers.register')).toEqual([]);
    fill('register-field-birthday', '1990-02-28');
    await user.keyboard('{Control>}s{/Control}');
    await waitFor(() => expect(desk.inputsOf('customers.register')).toHaveLength(1));
  });

  it('offers provinces, cities and districts by the first letters of their sounds', async () => {
    const { desk, user } = open();
    fill('register-name', 'Li Na');
    fill('register-address', 'hzxh');
    await screen.findAllByTestId('division');
    await user.keyboard('{ArrowDown}{Enter}');
    const address = screen.getByTestId<HTMLInputElement>('register-address');
    expect(address.value).toBe('浙江省杭州市西湖区 ');
    fill('register-address', '浙江省杭州市西湖区 文三路 1 号');
    await user.click(screen.getByTestId('register-add-phone'));
    fill('register-number-2', '+49 30 23125047');
    await user.keyboard('{Control>}s{/Control}');
    await waitFor(() =>
      expect(desk.inputsOf('customers.register')).toMatchObject([
        { points: [{ raw: '13800138000' }, { kind: 'address' }, { raw: '+49 30 23125047' }] },
      ]),
    );
  });

  it('goes on without a card and keeps what was typed', async () => {
    const { desk, user } = open();
    fill('register-name', 'Li');
    await user.keyboard('{Control>}u{/Control}');
    await waitFor(() => expect(windowStore.getState().withoutCard.has(call.id)).toBe(true));
    expect(desk.inputsOf('calls.chooseCustomer')).toEqual([{ callId: call.id, customerId: null }]);
    expect(desk.drafts.get(`register:${call.id}`)).toContain('"Li"');
  });
});

import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { sampleSession, signedOutSnapshot } from '#tests/support/deskSample/sampleDesk.ts';
import { showWindow } from '#tests/support/windowHarness.tsx';
import { SignInPage } from './SignInPage.tsx';

const now = Date.now();

afterEach(cleanup);

const loginField = () => screen.getByLabelText('Work e-mail or agent number');
const passwordField = () => screen.getByLabelText('Password');

function type(login: string, password: string): void {
  fireEvent.change(loginField(), { target: { value: login } });
  fireEvent.change(passwordField(), { target: { value: password } });
}

async function submit(): Promise<void> {
  await act(async () => {
    fireEvent.submit(screen.getByRole('form', { name: 'Sign in' }));
  });
}

describe('the sign-in page', () => {
  it('moves to the first missing field and says so there', async () => {
    const bridge = await showWindow(<SignInPage />, signedOutSnapshot('en', now));
    await submit();
    expect(document.activeElement).toBe(loginField());
    expect(loginField().getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('Enter your password')).toBeTruthy();
    expect(bridge.asked.map(({ name }) => name)).not.toContain('session.signIn');
  });

  it.each([
    ['wrong-credentials', 'Name or password is wrong'],
    ['account-locked', 'This account is locked'],
    ['server-unreachable', 'The server cannot be reached'],
    ['offline-sign-in-unknown', 'you have not signed in on this PC before'],
  ] as const)('tells %s in words and keeps what was typed', async (code, words) => {
    const bridge = await showWindow(<SignInPage />, signedOutSnapshot('en', now));
    bridge.refuse('session.signIn', { code, message: '' });
    type('priya', 'secret');
    await submit();
    const failure = screen.getByTestId('sign-in-failure');
    expect(failure.dataset.code).toBe(code);
    expect(failure.textContent).toContain(words);
    expect((loginField() as HTMLInputElement).value).toBe('priya');
    fireEvent.change(passwordField(), { target: { value: 'other' } });
    expect(screen.queryByTestId('sign-in-failure')).toBeNull();
  });

  it('signs in with the state to start in', async () => {
    const bridge = await showWindow(<SignInPage />, signedOutSnapshot('en', now), {
      'session.signIn': () => sampleSession('en'),
    });
    type('priya', 'secret');
    fireEvent.click(screen.getByRole('radio', { name: 'Ready' }));
    await submit();
    expect(bridge.asked).toContainEqual({
      name: 'session.signIn',
      input: { login: 'priya', password: 'secret', remember: false, startAs: { state: 'ready' } },
    });
  });

  it('names the centre before anything of it is known, as the desk heard it last', async () => {
    const snapshot = { ...signedOutSnapshot('en', now), configuration: null };
    const organisation = { en: 'Northwater Service', 'zh-CN': '北水服务' };
    const settings = { ...snapshot.settings, organisation };
    await showWindow(<SignInPage />, { ...snapshot, settings });
    expect(screen.getByText('Northwater Service')).toBeTruthy();
  });

  it('signs a practice user in with one key', async () => {
    const bridge = await showWindow(<SignInPage />, signedOutSnapshot('en', now), {
      'session.signIn': () => sampleSession('en'),
    });
    await act(async () => {
      fireEvent.keyDown(window, { key: '2', code: 'Digit2', altKey: true });
    });
    expect(bridge.asked).toContainEqual({
      name: 'session.signIn',
      input: {
        login: 'user2',
        password: 'practice-2',
        remember: false,
        startAs: { state: 'break', reason: 'rest' },
      },
    });
  });

  it('shows the password on request', async () => {
    await showWindow(<SignInPage />, signedOutSnapshot('en', now));
    expect(passwordField().getAttribute('type')).toBe('password');
    fireEvent.click(screen.getByRole('button', { name: 'Show password' }));
    expect(passwordField().getAttribute('type')).toBe('text');
  });

  it('has nothing to practise with outside of practice mode, and says what is not ready', async () => {
    const snapshot = signedOutSnapshot('en', now);
    await showWindow(<SignInPage />, {
      ...snapshot,
      session: { ...snapshot.session, practice: null, server: { url: '', reachable: false } },
      phone: { ...snapshot.phone, microphone: 'absent', microphoneLabel: null },
    });
    expect(screen.queryByText('Practice mode')).toBeNull();
    expect(screen.getByTestId('check-server').dataset.state).toBe('trouble');
    expect(screen.getByTestId('check-microphone').textContent).toContain('Plug in the headset');
  });

  it('offers nobody to practise with where all were deactivated', async () => {
    const snapshot = signedOutSnapshot('en', now);
    const session = { ...snapshot.session, practice: { users: [] } };
    await showWindow(<SignInPage />, { ...snapshot, session });
    expect(screen.queryByText('Practice mode')).toBeNull();
    expect(screen.getByTestId('check-server')).toBeTruthy();
  });
});

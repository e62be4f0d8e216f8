import { act, cleanup, render, screen } from '@testing-library/react';
import { lazy } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startTexts } from '../i18n/i18n.ts';
import { Part } from './Part.tsx';

beforeEach(() => {
  startTexts('en');
  // React tells of every error that a part has caught.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Page({ broken }: { broken: boolean }) {
  if (broken) throw new Error('broken');
  return <p>The page</p>;
}

function Window({ broken, of }: { broken: boolean; of: string }) {
  return (
    <>
      <p>The call bar</p>
      <Part of={of}>
        <Page broken={broken} />
      </Part>
    </>
  );
}

it('takes nothing beside it along, says so with a way on, and begins anew with another thing', () => {
  const { rerender } = render(<Window broken={false} of="tickets" />);
  expect(screen.getByText('The page')).toBeTruthy();
  rerender(<Window broken of="tickets" />);
  expect(screen.getByText('The call bar')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toContain('This part cannot be shown');
  expect(screen.getByRole('button', { name: 'Reload the window' })).toBeTruthy();
  rerender(<Window broken={false} of="tickets" />);
  expect(screen.getByRole('alert')).toBeTruthy();
  rerender(<Window broken={false} of="journal" />);
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByText('The page')).toBeTruthy();
});

it.each([
  [false, 1],
  [true, 0],
])('code that is gone since an upgrade blanks no window (hidden: %s)', async (hidden, alerts) => {
  const Gone = lazy(() => Promise.reject(new TypeError('Failed to fetch the module')));
  await act(async () => {
    render(
      <>
        <p>The call bar</p>
        <Part hidden={hidden}>
          <Gone />
        </Part>
      </>,
    );
  });
  expect(screen.getByText('The call bar')).toBeTruthy();
  expect(screen.queryAllByRole('alert')).toHaveLength(alerts);
});

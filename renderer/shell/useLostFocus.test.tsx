import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { focusRest, isFocusFree } from '../ui/focus.ts';
import { useLostFocus } from './useLostFocus.ts';

function Window({ shown, dialog }: { shown: boolean; dialog: boolean }) {
  const rest = useRef<HTMLDivElement>(null);
  useLostFocus(rest);
  return (
    <>
      <div ref={rest} {...focusRest} data-testid="page">
        {shown ? <button type="button">Finish</button> : null}
      </div>
      {dialog ? (
        <div role="dialog" tabIndex={-1} aria-label="Step">
          {shown ? <button type="button">Next</button> : null}
        </div>
      ) : null}
    </>
  );
}

/** Browsers tell that a control which is taken away has lost the focus; the test's document does not. */
function focusThenHide(name: string, dialog: boolean): void {
  const { rerender } = render(<Window shown dialog={dialog} />);
  const button = screen.getByRole('button', { name });
  button.focus();
  fireEvent.focusOut(button, { relatedTarget: null });
  rerender(<Window shown={false} dialog={dialog} />);
  vi.runAllTimers();
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it('the page has the focus at the beginning, unless something else has it', () => {
  render(<Window shown dialog={false} />);
  expect(document.activeElement).toBe(screen.getByTestId('page'));
  cleanup();
  const elsewhere = document.createElement('input');
  document.body.append(elsewhere);
  elsewhere.focus();
  render(<Window shown dialog={false} />);
  expect(document.activeElement).toBe(elsewhere);
  elsewhere.remove();
});

it('the page has the focus after what had it is gone, and gives it to whoever asks', () => {
  focusThenHide('Finish', false);
  expect(document.activeElement).toBe(screen.getByTestId('page'));
  expect(isFocusFree()).toBe(true);
});

it('a dialog keeps the focus that a control in it had', () => {
  focusThenHide('Next', true);
  expect(document.activeElement).toBe(screen.getByRole('dialog'));
});

it('what opened a dialog has the focus again when the dialog is gone', () => {
  const { rerender } = render(<Window shown dialog />);
  const opener = screen.getByRole('button', { name: 'Finish' });
  opener.focus();
  const inDialog = screen.getByRole('button', { name: 'Next' });
  inDialog.focus();
  fireEvent.focusOut(inDialog, { relatedTarget: null });
  rerender(<Window shown dialog={false} />);
  vi.runAllTimers();
  expect(document.activeElement).toBe(opener);
});

it('a press beside everything leaves the focus to nobody, as it was meant', () => {
  render(<Window shown dialog={false} />);
  const button = screen.getByRole('button', { name: 'Finish' });
  button.focus();
  button.blur();
  vi.runAllTimers();
  expect(document.activeElement).toBe(document.body);
});

import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Field } from './Field.tsx';

const shown = vi.fn();

beforeEach(() => {
  Element.prototype.scrollIntoView = function scrolled() {
    shown(this.textContent);
  };
});
afterEach(() => {
  cleanup();
  shown.mockReset();
});

const field = (error: string | null) => (
  <Field label="Due" error={error}>
    {(control) => <input {...control} />}
  </Field>
);

it.each([
  [true, [['No such date']]],
  [false, []],
])('shows what is wrong to who is in the field: %s', (within, calls) => {
  const { rerender } = render(field(null));
  if (within) screen.getByLabelText('Due').focus();
  rerender(field('No such date'));
  expect(shown.mock.calls).toEqual(calls);
  expect(screen.getByLabelText('Due').getAttribute('aria-invalid')).toBe('true');
});

import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { useSidePanel } from './useSidePanel.ts';

function Panel({ onClose }: { onClose: () => void }) {
  const { panel, close } = useSidePanel(onClose);
  return (
    <section aria-label="Behind the figure" {...panel}>
      <button type="button" onClick={close}>
        Close
      </button>
    </section>
  );
}

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        131
      </button>
      {open ? <Panel onClose={() => setOpen(false)} /> : null}
    </>
  );
}

afterEach(cleanup);

it.each([
  ['Escape', '{Escape}'],
  ['its button', '{Tab}{Enter}'],
])('has the focus when it opens, and gives it back when %s closes it', async (_, keys) => {
  const user = userEvent.setup();
  render(<Page />);
  const figure = screen.getByRole('button', { name: '131' });
  figure.focus();
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Behind the figure' }));
  await user.keyboard(keys);
  expect(screen.queryByRole('region')).toBeNull();
  expect(document.activeElement).toBe(figure);
});

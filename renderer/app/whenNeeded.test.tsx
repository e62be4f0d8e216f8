import { act, cleanup, render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { whenNeeded } from './whenNeeded.tsx';

afterEach(cleanup);

function Form({ name }: { name: string }) {
  return <p>The form of {name}</p>;
}

function Place({
  Shown,
  name,
}: {
  Shown: ReturnType<typeof whenNeeded<{ name: string }>>;
  name: string;
}) {
  return (
    <Suspense fallback={<p>Nothing yet</p>}>
      <Shown name={name} />
    </Suspense>
  );
}

it('fetches its code when it is first shown, and once', async () => {
  const load = vi.fn(async () => Form);
  const Shown = whenNeeded(load);
  const { rerender } = render(<Place Shown={Shown} name="Anna" />);
  expect(screen.getByText('Nothing yet')).toBeTruthy();
  await act(async () => {});
  expect(screen.getByText('The form of Anna')).toBeTruthy();
  rerender(<Place Shown={Shown} name="Tom" />);
  expect(screen.getByText('The form of Tom')).toBeTruthy();
  await Shown.fetch();
  expect(load).toHaveBeenCalledTimes(1);
});

it('is painted at once where its code was fetched ahead', async () => {
  const Shown = whenNeeded(async () => Form);
  await Shown.fetch();
  render(<Place Shown={Shown} name="Anna" />);
  expect(screen.getByText('The form of Anna')).toBeTruthy();
});

it('is asked for again where it could not be fetched ahead', async () => {
  const load = vi.fn(async () => Form);
  load.mockRejectedValueOnce(new TypeError('Failed to fetch the module'));
  const Shown = whenNeeded(load);
  await expect(Shown.fetch()).rejects.toThrow(TypeError);
  render(<Place Shown={Shown} name="Anna" />);
  await act(async () => {});
  expect(screen.getByText('The form of Anna')).toBeTruthy();
});

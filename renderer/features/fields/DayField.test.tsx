import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { moveInCalendar, weeksOf } from './DayCalendar.tsx';
import { DayField } from './DayField.tsx';
import { renderOnDesk, testDesk } from './testDesk.tsx';

function Box({ begun, needed }: { begun: string; needed: boolean }) {
  const [day, setDay] = useState(begun);
  return (
    <>
      <DayField
        aria-label="Day"
        needed={needed}
        value={day}
        today="2026-11-22"
        onChange={(next) => setDay(next)}
      />
      <output>{day}</output>
    </>
  );
}

function open(begun: string, needed = false) {
  renderOnDesk(<Box begun={begun} needed={needed} />, testDesk().bridge);
  const box = screen.getByLabelText<HTMLInputElement>('Day');
  return { box, user: userEvent.setup(), day: () => screen.getByRole('status').textContent };
}

afterEach(cleanup);

describe('DayField', () => {
  it('writes the day in the language of the window, and takes what is typed over it', async () => {
    const { box, user, day } = open('2026-11-20');
    expect(box.value).toBe('20 Nov 2026');
    await user.click(box);
    await user.keyboard('yesterday');
    expect(day()).toBe('2026-11-20');
    await user.tab();
    expect(day()).toBe('2026-11-21');
    expect(box.value).toBe('21 Nov 2026');
  });

  it('keeps what it cannot read, says why, and Escape brings the day back', async () => {
    const { box, user, day } = open('2026-11-20');
    await user.clear(box);
    await user.type(box, '2026-02-30{Enter}');
    expect(screen.getByRole('alert').textContent).toBe('This date does not exist');
    expect(box.value).toBe('2026-02-30');
    expect(box.getAttribute('aria-invalid')).toBe('true');
    expect(day()).toBe('2026-11-20');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(box.value).toBe('20 Nov 2026');
  });

  it.each([
    [false, ''],
    [true, '2026-11-20'],
  ])('emptied where it is needed: %s', async (needed, left) => {
    const { box, user, day } = open('2026-11-20', needed);
    await user.clear(box);
    await user.tab();
    expect(day()).toBe(left);
  });

  it('opens a calendar by key, which gives the focus back', async () => {
    const { box, user, day } = open('2026-11-20');
    box.focus();
    await user.keyboard('{ArrowDown}');
    const chosen = await screen.findByTestId('day-2026-11-20');
    await waitFor(() => expect(document.activeElement).toBe(chosen));
    await user.keyboard('{ArrowUp}{ArrowRight}');
    expect(document.activeElement).toBe(screen.getByTestId('day-2026-11-14'));
    await user.keyboard('{Enter}');
    expect(day()).toBe('2026-11-14');
    await waitFor(() => expect(document.activeElement).toBe(box));
  });
});

it.each([
  ['ArrowUp', false, '2026-10-30'],
  ['Home', false, '2026-11-02'],
  ['End', false, '2026-11-08'],
  ['PageDown', false, '2026-12-06'],
  ['PageUp', true, '2025-11-06'],
  ['x', false, null],
])('%s with Shift %s from 6 November 2026', (key, shift, to) => {
  expect(moveInCalendar(key, shift, '2026-11-06')).toBe(to);
});

it('begins a month with the Monday on or before its first day', () => {
  const weeks = weeksOf('2026-11-06');
  expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
  expect([weeks[0]?.[0], weeks[5]?.[6]]).toEqual(['2026-10-26', '2026-12-06']);
});

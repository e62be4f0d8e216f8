import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startTexts } from '../../i18n/i18n.ts';
import { BarChart } from './BarChart.tsx';
import { LineChart } from './LineChart.tsx';
import { Meter } from './Meter.tsx';
import { ParetoChart } from './ParetoChart.tsx';

beforeAll(() => startTexts('en'));
afterEach(cleanup);

const shared = {
  summary: 'Calls rise until ten',
  labels: ['08:00', '09:00', '10:00'],
  labelName: 'Time',
  format: String,
};
const today = { key: 'today', name: 'Today', values: [3, 5, null] };
const yesterday = {
  key: 'yesterday',
  name: 'Yesterday',
  look: 'faint' as const,
  values: [2, 4, 6],
};

function rows(): string[] {
  const table = screen.getByRole('table', { hidden: true });
  return within(table)
    .getAllByRole('row', { hidden: true })
    .map((row) => [...row.children].map((cell) => cell.textContent).join(' '));
}

it('says in a sentence and in numbers what the curve draws', () => {
  render(
    <LineChart {...shared} series={[today, yesterday]} target={{ value: 8, name: 'target 8' }} />,
  );
  expect(screen.getByRole('img', { name: shared.summary })).toBeTruthy();
  expect(rows()).toEqual(['Time Today Yesterday', '08:00 3 2', '09:00 5 4', '10:00 – 6']);
  expect(screen.getByText('target 8')).toBeTruthy();
});

it('tells which step was picked', () => {
  const picked = vi.fn();
  render(<BarChart {...shared} stacked series={[today, yesterday]} onPick={picked} />);
  const step = screen.getByText(/^09:00/u, { selector: 'title' }).parentElement;
  step?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(picked).toHaveBeenCalledWith(1);
});

it('runs up the shares beside what there is most of', () => {
  const items = [
    { key: 'a', name: 'Late', value: 6 },
    { key: 'b', name: 'Broken', value: 3 },
    { key: 'c', name: 'Rude', value: 1 },
  ];
  const names = { item: 'Category', value: 'Complaints', share: 'Up to here' };
  const formatShare = (share: number) => `${Math.round(share * 100)} %`;
  render(<ParetoChart {...shared} items={items} names={names} formatShare={formatShare} />);
  expect(rows()).toEqual([
    'Category Complaints Up to here',
    'Late 6 60 %',
    'Broken 3 90 %',
    'Rude 1 100 %',
  ]);
});

it('names a share with its target', () => {
  render(<Meter label="71 %, target 80 %" value={0.71} target={0.8} tone="warn" />);
  expect(screen.getByRole('img', { name: '71 %, target 80 %' }).dataset.tone).toBe('warn');
});

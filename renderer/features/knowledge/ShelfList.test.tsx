import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import type { ShelfList as Shelves } from '#shared/contract/methods/knowledge.ts';
import { renderOnDesk, testDesk } from '../fields/testDesk.tsx';
import { ShelfList } from './ShelfList.tsx';

const list: Shelves = {
  categories: [
    { category: '', language: 'zh-CN', count: 1 },
    { category: 'Boilers', language: 'en', count: 2 },
    { category: 'FAQ', language: 'en', count: 1 },
    { category: 'FAQ', language: 'zh-CN', count: 3 },
    { category: '热水器', language: 'zh-CN', count: 2 },
  ],
  counts: { all: 9, favourites: 0, drafts: 0, due: 0, retired: 0 },
};

afterEach(cleanup);

it('shows the categories of the window’s language first, and the others under the name of theirs', async () => {
  const onChoose = vi.fn();
  const shown = { shelf: 'all' as const, category: { category: 'FAQ', language: 'en' as const } };
  renderOnDesk(<ShelfList list={list} {...shown} onChoose={onChoose} />, testDesk().bridge);
  expect(screen.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual([
    'Categories',
    'Categories in 中文',
  ]);
  const entries = screen.getAllByTestId('shelf-category');
  expect(entries.map(({ textContent }) => textContent)).toEqual([
    ...['Boilers2', 'FAQ1', 'No category1', 'FAQ3', '热水器2'],
  ]);
  expect(entries.map((entry) => entry.getAttribute('aria-current'))).toEqual([
    ...['false', 'true', 'false', 'false', 'false'],
  ]);
  await userEvent.click(screen.getByText('热水器'));
  expect(onChoose).toHaveBeenCalledWith('all', { category: '热水器', language: 'zh-CN' });
});

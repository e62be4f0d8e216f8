import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Found } from '#shared/contract/methods/search.ts';
import { ok } from '#shared/result.ts';
import { sampleCall } from '#tests/support/deskSample/sampleCalls.ts';
import { sampleSnapshot } from '#tests/support/deskSample/sampleDesk.ts';
import { sampleFound } from '#tests/support/deskSample/sampleFound.ts';
import { customerId } from '#tests/support/deskSample/sampleWords.ts';
import { showWindow } from '#tests/support/windowHarness.tsx';
import { looksLikeNumber } from '../app/typedNumber.ts';
import { windowStore } from '../store/window.ts';
import { Omnibox } from './Omnibox.tsx';

const now = Date.now();
const nothing = { customers: [], tickets: [], notes: [], articles: [], incomplete: false };

afterEach(cleanup);

async function search(text: string, more = {}) {
  const bridge = await showWindow(<Omnibox />, sampleSnapshot('en', now, more), {
    'search.everything': ({ text: wanted }) => (wanted === 'nobody' ? nothing : sampleFound('en')),
    'calls.dial': () => sampleCall('en', now),
  });
  const input = screen.getByTestId('omnibox');
  await act(async () => {
    fireEvent.keyDown(window, { key: 'k', code: 'KeyK', ctrlKey: true });
  });
  expect(document.activeElement).toBe(input);
  fireEvent.change(input, { target: { value: text } });
  await screen.findAllByTestId(/search-hit|search-none/u);
  return { bridge, input };
}

describe('the search field', () => {
  it('finds customers and opens the card of the one that is chosen', async () => {
    await search('keller');
    await act(async () => screen.getAllByTestId('search-hit')[0]?.click());
    expect(windowStore.getState().customerId).toBe(customerId);
  });

  it('picks nobody with Enter before an arrow key was pressed', async () => {
    const { input } = await search('keller');
    fireEvent.keyDown(input, { key: 'Enter', code: 'Enter' });
    expect(windowStore.getState().customerId).toBeNull();
    fireEvent.keyDown(input, { key: 'ArrowDown', code: 'ArrowDown' });
    await act(async () => {
      fireEvent.keyDown(input, { key: 'Enter', code: 'Enter' });
    });
    expect(windowStore.getState().customerId).toBe(customerId);
  });

  it('begins a hit near what was hit, where the line would end before it', async () => {
    const text = 'The customer was here before, and the old boiler leaks again';
    const note = {
      ...{ wrapUpId: customerId, callId: customerId, customerId, customerName: 'Maria Keller' },
      ...{ agentName: 'Lin Wei', at: now },
      found: { field: 'note' as const, text, marks: [[42, 48]] as [number, number][] },
    };
    await showWindow(<Omnibox />, sampleSnapshot('en', now), {
      'search.everything': () => ({ ...nothing, notes: [note] }),
    });
    fireEvent.change(screen.getByTestId('omnibox'), { target: { value: 'boiler' } });
    const hit = await screen.findByTestId('search-note');
    expect(hit.querySelector('mark')?.textContent).toBe('boiler');
    expect(hit.textContent).toContain('…the old boiler leaks again');
  });

  it('offers to dial a typed number', async () => {
    const { bridge } = await search('030 23125-047');
    await act(async () => screen.getByTestId('search-dial').click());
    expect(bridge.asked).toContainEqual({
      name: 'calls.dial',
      input: { number: '030 23125-047', customerId: null, callerId: null, consent: false },
    });
  });

  it('does not offer a second call during a call', async () => {
    await search('030 23125', { calls: [sampleCall('en', now)] });
    expect(screen.queryByTestId('search-dial')).toBeNull();
  });

  it('never lets an older keystroke’s answer come over a newer one', async () => {
    const bridge = await showWindow(<Omnibox />, sampleSnapshot('en', now));
    const answers: ((found: Found) => void)[] = [];
    const later = () => new Promise<Found>((resolve) => answers.push(resolve));
    bridge.invoke = async () => ok((await later()) as never);
    const input = screen.getByTestId('omnibox');
    for (const text of ['k', 'ke']) {
      fireEvent.change(input, { target: { value: text } });
      await waitFor(() => expect(answers.length).toBe(text.length));
    }
    await act(async () => answers[1]?.(sampleFound('en')));
    expect(screen.getAllByTestId('search-hit')).toHaveLength(2);
    await act(async () => answers[0]?.(nothing));
    expect(screen.getAllByTestId('search-hit')).toHaveLength(2);
  });

  it('says that nobody was found', async () => {
    await search('nobody');
    expect(screen.getByText('Nothing found')).toBeTruthy();
  });

  it.each([
    ['030 23125-047', true],
    ['+86 (20) 5550/1386', true],
    ['１３８００１３８０００', true],
    ['10', false],
    ['Maria 3', false],
    ['', false],
  ])('tells a number from a name: %s', (text, expected) => {
    expect(looksLikeNumber(text)).toBe(expected);
  });
});

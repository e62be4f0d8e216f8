import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { strangeNames } from '#tests/hostile/names.ts';
import { sampleCall } from '#tests/support/deskSample/sampleCalls.ts';
import { sampleSnapshot } from '#tests/support/deskSample/sampleDesk.ts';
import { callId } from '#tests/support/deskSample/sampleWords.ts';
import { showWindow } from '#tests/support/windowHarness.tsx';
import { CallBar } from './CallBar.tsx';

const now = Date.now();
const talking = { state: 'talking', answeredAt: now - 60_000, media: 'connected' } as const;

afterEach(cleanup);

/** Every word of the window, where it was put as text. */
async function shows(name: string, more: Partial<DeskCall>): Promise<void> {
  const call = sampleCall('en', now, {
    customerId: null,
    customerName: null,
    pop: { callId, match: 'none', candidates: [], card: null },
    callerName: name,
    ...more,
  });
  await showWindow(<CallBar />, sampleSnapshot('en', now, { calls: [call] }));
  expect(screen.getByTestId('caller-name').textContent).toBe(name);
  expect(screen.getByTestId('announcer').textContent).toContain(name);
  expect(document.querySelectorAll('script, img, iframe, object, embed')).toHaveLength(0);
  expect(window).not.toHaveProperty('harmed');
}

describe('the name a caller sent', () => {
  const names = strangeNames.filter(({ shown }) => shown !== '');

  it.each(names)('as $about is text while it rings', ({ shown }) => shows(shown, {}));

  it.each(names)('as $about is text in the call', ({ shown }) => shows(shown, talking));
});

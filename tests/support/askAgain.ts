import { setTimeout } from 'node:timers/promises';

const askAgainMs = 20;

/** Awaited before a question is asked once more: without a pause it would take the processor from those it waits for. */
export function beforeAskingAgain(): Promise<void> {
  return setTimeout(askAgainMs);
}

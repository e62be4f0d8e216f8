import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Occupation } from '../agent.ts';
import type { CallBook } from './callBook.ts';

const liveliest: DeskCall['state'][] = ['talking', 'connecting', 'dialling', 'held', 'ringing'];

export function occupationOf({ id, customerName, queueId }: DeskCall): Occupation {
  return { callId: id, customerName, queueId };
}

/**
 * The call that those who watch are shown: of a customer before one with a colleague, the liveliest
 * first, after the last one its wrap-up. A test call is none.
 */
export function occupationAtHand(book: CallBook): Occupation | null {
  const live = book.live().filter(({ kind }) => kind !== 'test');
  const customers = live.filter(({ kind }) => kind === 'customer');
  for (const calls of [customers, live]) {
    for (const state of liveliest) {
      const call = calls.find((one) => one.state === state);
      if (call) return occupationOf(call);
    }
  }
  const due = book.list().find(({ wrapUp }) => wrapUp === 'due');
  return due ? occupationOf(due) : null;
}

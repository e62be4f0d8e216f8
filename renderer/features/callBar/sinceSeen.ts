import { useState } from 'react';
import { deskNow } from '../../ui/clock.ts';

/** When this window first saw `state`, ms UTC; starts anew whenever it changes. */
export function useSinceSeen(state: string): number {
  const [seen, setSeen] = useState(() => ({ state, at: deskNow() }));
  if (seen.state === state) return seen.at;
  const now = { state, at: deskNow() };
  setSeen(now);
  return now.at;
}

import { useEffect } from 'react';
import { boardStore, useWatchBoard } from '../../../store/board.ts';
import { usePart } from '../../../store/desk.ts';
import { useShownNow } from '../Elapsed.tsx';
import { forgetAlerts, judgeNow } from './alertStore.ts';
import { useCallOut } from './useCallOut.ts';

/**
 * Judges the board every second against the thresholds, whichever page is open. `calls`: what becomes worse is said by
 * tone and notification; else it only colours the board.
 */
export function AlertWatch({ calls }: { calls: boolean }) {
  useWatchBoard();
  const rules = usePart('supervision');
  const now = useShownNow();
  const callOut = useCallOut();
  useEffect(() => forgetAlerts, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once a second, with what there is then
  useEffect(() => {
    const { board } = boardStore.getState();
    if (!rules || !board) return;
    const worse = judgeNow(rules, board, now);
    if (calls && worse.length > 0) callOut(rules, worse, now);
  }, [rules, now, calls]);
  return null;
}

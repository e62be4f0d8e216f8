import { useEffect } from 'react';
import { boardStore } from '../../../store/board.ts';
import { usePart } from '../../../store/desk.ts';
import { useShownNow } from '../Elapsed.tsx';
import { forgetAlerts, judgeNow } from './alertStore.ts';
import { useCallOut } from './useCallOut.ts';

/** How many parts of the window watch: the first of them judges, the last forgets. */
const watchers: symbol[] = [];

/** Judges the board every second against the thresholds, and calls whoever watches it. */
export function AlertWatch() {
  const rules = usePart('supervision');
  const now = useShownNow();
  const callOut = useCallOut();

  useEffect(() => {
    const me = Symbol('watcher');
    watchers.push(me);
    return () => {
      watchers.splice(watchers.indexOf(me), 1);
      if (watchers.length === 0) forgetAlerts();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once a second, with what there is then
  useEffect(() => {
    const { board } = boardStore.getState();
    if (!rules || !board) return;
    const worse = judgeNow(rules, board, now);
    if (worse.length > 0) callOut(rules, worse, now);
  }, [rules, now]);
  return null;
}

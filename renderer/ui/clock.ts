import { useSyncExternalStore } from 'react';

/** One tick a second for every running time in the window, and none while nothing runs. */
const listeners = new Set<() => void>();
let offsetMs = 0;
let secondNow = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  secondNow = deskNow();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    secondNow = deskNow();
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function readNow(): number {
  if (timer === undefined) return Math.floor(deskNow() / 1000) * 1000;
  return secondNow;
}

/** How far the desk's clock is ahead of this window's, ms. */
export function setClockOffset(ms: number): void {
  offsetMs = ms;
  if (timer !== undefined) tick();
}

/** The desk's time, ms UTC. */
export function deskNow(): number {
  return Date.now() + offsetMs;
}

/** The desk's time, ms UTC, new every second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, readNow);
}

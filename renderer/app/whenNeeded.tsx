import { type ComponentType, createElement, lazy, type ReactNode, useState } from 'react';

export interface NeededLater<Props extends object> {
  (props: Props): ReactNode;
  /** Fetches its code ahead, so that it is painted at once when it is needed. */
  fetch(): Promise<unknown>;
}

/**
 * A component whose code is fetched when it is first shown, or ahead. `lazy` alone would show an empty place for a
 * moment even where the code is there already.
 */
export function whenNeeded<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): NeededLater<Props> {
  let here: ComponentType<Props> | null = null;
  const fetch = async () => {
    here ??= await load();
    return { default: here };
  };
  const Later = lazy<ComponentType<Props>>(fetch);
  function Needed(props: Props) {
    // What it began with, it stays: another component in its place would forget what was typed.
    const [Shown] = useState(() => here ?? Later);
    return createElement<Props>(Shown, props);
  }
  return Object.assign(Needed, { fetch });
}

import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/contract/contract.ts';
import { type Failure, fail, type Result } from '#shared/result.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import { useDesk } from '../store/desk.ts';
import { tellFailure } from '../store/window.ts';

const BridgeContext = createContext<Bridge | null>(null);

export function BridgeProvider({ bridge, children }: { bridge: Bridge; children: ReactNode }) {
  return <BridgeContext value={bridge}>{children}</BridgeContext>;
}

export function useBridge(): Bridge {
  const bridge = useContext(BridgeContext);
  if (!bridge) throw new Error('BridgeProvider is missing');
  return bridge;
}

type Invoke = <M extends MethodName>(name: M, input: InputOf<M>) => Promise<Result<OutputOf<M>>>;

/** Asks the desk; whatever happens the answer is a `Result`. */
export function useInvoke(): Invoke {
  const bridge = useBridge();
  return useCallback(
    (name, input) =>
      bridge
        .invoke(name, input)
        .catch((error: unknown) => fail('internal', error instanceof Error ? error.message : name)),
    [bridge],
  );
}

type Run = <M extends MethodName>(name: M, input: InputOf<M>) => Promise<OutputOf<M> | null>;

/** Like `useInvoke`, for actions outside of forms: a failure is told as a toast and gives null. */
export function useRun(): Run {
  const invoke = useInvoke();
  return useCallback(
    async (name, input) => {
      const result = await invoke(name, input);
      if (result.ok) return result.value;
      tellFailure(result.error);
      return null;
    },
    [invoke],
  );
}

export interface Query<T> {
  data: T | null;
  failure: Failure | null;
  /** True until the first answer for this input. */
  loading: boolean;
  reload: () => void;
}

interface Answer<T> {
  key: string;
  data: T | null;
  failure: Failure | null;
}

/**
 * Reads a list or a record and reads it again when records of `watch` change. `input` null: not yet.
 * While it reads again the old data stay on the screen.
 */
export function useQuery<M extends MethodName>(
  name: M,
  input: InputOf<M> | null,
  watch: readonly EntityName[] = [],
): Query<OutputOf<M>> {
  const invoke = useInvoke();
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<Answer<OutputOf<M>> | null>(null);
  const version = useDesk((desk) =>
    watch.reduce((sum, entity) => sum + (desk.versions[entity] ?? 0), 0),
  );
  const connected = useDesk((desk) => desk.connected);
  const key = JSON.stringify([name, input]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for name and input; version and round ask again
  useEffect(() => {
    if (input === null || !connected) return;
    let wanted = true;
    void invoke(name, input).then((result) => {
      if (!wanted) return;
      if (result.ok) setAnswer({ key, data: result.value, failure: null });
      else setAnswer({ key, data: null, failure: result.error });
    });
    return () => {
      wanted = false;
    };
  }, [invoke, key, version, round, connected]);

  const current = answer?.key === key ? answer : null;
  const reload = useCallback(() => setRound((count) => count + 1), []);
  return {
    data: current?.data ?? null,
    failure: current?.failure ?? null,
    loading: input !== null && current === null,
    reload,
  };
}

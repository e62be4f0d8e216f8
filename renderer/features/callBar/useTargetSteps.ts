import { useState } from 'react';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { withConsent } from '../../app/useDial.ts';
import { setTransfer } from '../../store/window.ts';
import { keyOfTarget, type Target } from './useDirectory.ts';

export interface TargetSteps {
  /** Asks the colleague first; the caller waits on hold. */
  ask: (target: Target) => Promise<void>;
  /** Passes the call on at once. */
  passOn: (target: Target) => Promise<void>;
  /** Name of whom it is going to just now. */
  pending: string | null;
  refused: { key: string; failure: Failure } | null;
}

/** The two ways of passing a call on; `onDone` once one has worked. */
export function useTargetSteps(callId: string, onDone: () => void): TargetSteps {
  const invoke = useInvoke();
  const [pending, setPending] = useState<string | null>(null);
  const [refused, setRefused] = useState<TargetSteps['refused']>(null);

  async function attempt(
    target: Target,
    method: 'calls.consult' | 'calls.transfer',
  ): Promise<Failure | null | 'declined'> {
    setRefused(null);
    setPending(target.name);
    const result = await withConsent(target.target, (consent) =>
      invoke(method, { callId, target: target.target, consent }),
    );
    setPending(null);
    if (result === null) return 'declined';
    if (result.ok) return null;
    setRefused({ key: keyOfTarget(target), failure: result.error });
    return result.error;
  }

  return {
    pending,
    refused,
    async ask(target) {
      if ((await attempt(target, 'calls.consult')) === null) onDone();
    },
    async passOn(target) {
      const { name } = target;
      setTransfer({ callId, name, state: 'pending', failure: null });
      const failure = await attempt(target, 'calls.transfer');
      if (failure === 'declined') setTransfer(null);
      else setTransfer({ callId, name, state: failure ? 'failed' : 'done', failure });
      if (failure === null) onDone();
    },
  };
}

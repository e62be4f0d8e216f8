import { useState } from 'react';
import type { Resting } from '#shared/domain/agents/agentState.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';

export type StartAs = 'ready' | 'break';

export interface Credentials {
  login: string;
  password: string;
  /** An own one beside a one-time one. */
  newPassword?: string;
  remember: boolean;
}

export interface SignIn {
  busy: boolean;
  failure: Failure | null;
  clear: () => void;
  /** What went wrong; null: nothing. */
  run: (given: Credentials) => Promise<Failure | null>;
}

/** Signs in and keeps what went wrong; the screen follows the session, not the answer. */
export function useSignIn(startAs: StartAs): SignIn {
  const invoke = useInvoke();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run(given: Credentials): Promise<Failure | null> {
    if (busy) return failure;
    setBusy(true);
    setFailure(null);
    const rest: Resting =
      startAs === 'ready' ? { state: 'ready' } : { state: 'break', reason: 'rest' };
    const result = await invoke('session.signIn', { ...given, startAs: rest });
    setBusy(false);
    if (result.ok) return null;
    setFailure(result.error);
    return result.error;
  }

  return { busy, failure, clear: () => setFailure(null), run };
}

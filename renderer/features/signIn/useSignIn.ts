import { useState } from 'react';
import type { Resting } from '#shared/domain/agents/agentState.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';

export type StartAs = 'ready' | 'break';

export interface SignIn {
  busy: boolean;
  failure: Failure | null;
  clear: () => void;
  run: (login: string, password: string, remember: boolean) => Promise<boolean>;
}

/** Signs in and keeps what went wrong; the screen follows the session, not the answer. */
export function useSignIn(startAs: StartAs): SignIn {
  const invoke = useInvoke();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run(login: string, password: string, remember: boolean): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setFailure(null);
    const rest: Resting =
      startAs === 'ready' ? { state: 'ready' } : { state: 'break', reason: 'rest' };
    const result = await invoke('session.signIn', { login, password, remember, startAs: rest });
    setBusy(false);
    if (!result.ok) setFailure(result.error);
    return result.ok;
  }

  return { busy, failure, clear: () => setFailure(null), run };
}

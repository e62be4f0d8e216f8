import { useCallback } from 'react';
import type { DeskCall } from '#shared/contract/models.ts';
import { tellFailure } from '../store/window.ts';
import { useInvoke } from './bridge.tsx';

/** Dials a number shown or typed anywhere; a failure is told as a toast. */
export function useDial(): (number: string, customerId: string | null) => Promise<DeskCall | null> {
  const invoke = useInvoke();
  return useCallback(
    async (number, customerId) => {
      const result = await invoke('calls.dial', { number, customerId });
      if (result.ok) return result.value;
      tellFailure(result.error);
      return null;
    },
    [invoke],
  );
}

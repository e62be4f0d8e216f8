import { useCallback } from 'react';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Result } from '#shared/result.ts';
import { deskStore } from '../store/desk.ts';
import { askConsent, tellFailure } from '../store/window.ts';
import { useInvoke } from './bridge.tsx';

/**
 * Tries with the number as it is; where the rules of the centre want the agent's word (emergency,
 * numbers that cost extra, abroad) asks and tries again. Null: the agent thought better of it.
 */
export async function withConsent<T>(
  number: string,
  attempt: (consent: boolean) => Promise<Result<T>>,
): Promise<Result<T> | null> {
  const first = await attempt(false);
  if (first.ok || first.error.code !== 'number-needs-consent') return first;
  return (await askConsent(number, first.error)) ? attempt(true) : null;
}

/** The number to show to who is called: the one chosen on this desk, while the centre has it. */
function callerIdNow(): string | null {
  const { settings, configuration } = deskStore.getState();
  const known = configuration?.phone.callerIds.some(({ number }) => number === settings.callerId);
  return known ? (settings.callerId ?? null) : null;
}

type Dial = (number: string, customerId: string | null) => Promise<Result<DeskCall> | null>;

/** Dials; null where the agent was asked about the number and declined. */
export function useDialResult(): Dial {
  const invoke = useInvoke();
  return useCallback(
    (number, customerId) =>
      withConsent(number, (consent) =>
        invoke('calls.dial', { number, customerId, callerId: callerIdNow(), consent }),
      ),
    [invoke],
  );
}

/** Dials a number shown or typed anywhere; a failure is told as a toast. */
export function useDial(): (number: string, customerId: string | null) => Promise<DeskCall | null> {
  const dial = useDialResult();
  return useCallback(
    async (number, customerId) => {
      const result = await dial(number, customerId);
      if (result === null) return null;
      if (result.ok) return result.value;
      tellFailure(result.error);
      return null;
    },
    [dial],
  );
}

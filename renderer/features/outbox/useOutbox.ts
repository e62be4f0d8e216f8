import { useEffect } from 'react';
import { useQuery } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';

/** The changes that the server does not have; read again whenever one comes or goes. */
export function useOutbox() {
  const query = useQuery('outbox.list', {});
  const { reload } = query;
  const { waiting, waitingSince, lastSyncAt, refused } = useDesk((desk) => desk.sync);
  const ids = refused.map(({ operationId }) => operationId).join();
  const state = `${waiting} ${waitingSince} ${lastSyncAt} ${ids}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what waits and was refused asks again
  useEffect(reload, [reload, state]);
  return query;
}

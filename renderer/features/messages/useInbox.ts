import { useQuery } from '../../app/bridge.tsx';

const shown = 100;

/** What this user got, newest first, and how much of it is not read. */
export function useInbox() {
  const { data } = useQuery('messages.inbox', { limit: shown }, ['message']);
  return { unread: data?.unread ?? 0, entries: data?.entries ?? [] };
}

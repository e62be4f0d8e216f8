import type { SupervisionView } from '#shared/contract/models/desk.ts';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { useRun } from '../../app/bridge.tsx';
import { useDesk } from '../../store/desk.ts';

/** Why nobody can be listened to now; null where it can be done. */
export type ListeningObstacle = 'offline' | 'absent' | 'blind' | 'unknown' | 'noPhone' | 'ownCall';

export interface Supervising {
  /** The user's role allows it. */
  may: boolean;
  obstacle: ListeningObstacle | null;
  /** Since when the centre does not see its phone system, ms UTC. */
  blindSince: number | null;
  listening: SupervisionView['listening'];
  listen(userId: string, mode: ListenMode): void;
  stop(): void;
  takeOver(userId: string): void;
}

/** What the user may and can do to running calls of others. */
export function useSupervision(): Supervising {
  const run = useRun();
  const user = useDesk((desk) => desk.session.user);
  const { connector, listening } = useDesk((desk) => desk.supervision);
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  const registered = useDesk((desk) => desk.phone.state === 'registered');
  const inCall = useDesk((desk) => desk.calls.some((call) => call.state !== 'ended'));

  function obstacle(): ListeningObstacle | null {
    if (offline) return 'offline';
    if (connector.state !== 'connected') return connector.state;
    if (!registered) return 'noPhone';
    return inCall ? 'ownCall' : null;
  }

  return {
    may: user !== null && mayDo(user.role, 'calls.listen'),
    obstacle: obstacle(),
    blindSince: connector.state === 'blind' ? connector.since : null,
    listening,
    listen: (userId, mode) => void run('team.listen', { userId, mode }),
    stop: () => void run('team.stopListening', {}),
    takeOver: (userId) => void run('team.takeOver', { userId }),
  };
}

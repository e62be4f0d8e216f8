import type { AgentQueues, Membership } from '#shared/sync/intervention.ts';
import type { PbxConnector, PbxLog } from '../pbx/connector.ts';
import { type QueueMember, readMembers } from '../store/interventions.ts';
import type { Db } from '../store/store.ts';
import { findUser, type KnownUser } from '../store/users.ts';

type PbxState = Pick<AgentQueues, 'pbx' | 'refused'>;

/** Members of queues at the PBX, as supervisors have set them. */
export interface Memberships {
  /** What the PBX holds of this user; null where it cannot be asked. */
  atPbx(user: KnownUser): Membership[] | null;
  /** Bring the PBX to this, as far as the line to it stands. */
  apply(user: KnownUser, wanted: readonly QueueMember[]): Promise<PbxState>;
  /** Resolves when nothing of it is under way. */
  stop(): Promise<void>;
}

export function createMemberships({
  db,
  connector,
  log,
}: {
  db: Db;
  connector: PbxConnector | null;
  log: PbxLog;
}): Memberships {
  let restoring: Promise<void> = Promise.resolve();

  function atPbx({ extension }: KnownUser): Membership[] | null {
    if (!connector || extension === null || connector.status().state !== 'connected') return null;
    return connector.memberships().get(extension) ?? [];
  }

  async function apply(user: KnownUser, wanted: readonly QueueMember[]): Promise<PbxState> {
    const { extension, name } = user;
    if (!connector || extension === null) return { pbx: 'none', refused: [] };
    if (connector.status().state !== 'connected') return { pbx: 'later', refused: [] };
    const held = atPbx(user) ?? [];
    const refused: AgentQueues['refused'] = [];
    for (const { queueId, isMember, penalty } of wanted) {
      const now = held.find((one) => one.queueId === queueId);
      if (isMember ? now?.penalty === penalty : !now) continue;
      const done = isMember
        ? await connector.join(extension, { queueId, penalty, name })
        : await connector.leave(extension, queueId);
      if (!done.ok) refused.push({ queueId, code: done.error.code });
    }
    return { pbx: refused.length === 0 ? 'same' : 'differs', refused };
  }

  /** What the PBX was told before it, or the line to it, began anew, it is told once more. */
  async function restore(): Promise<void> {
    const members = await readMembers(db);
    for (const [userId, own] of Map.groupBy(members, (member) => member.userId)) {
      const user = await findUser(db, userId);
      if (!user) continue;
      for (const { queueId, code } of (await apply(user, own)).refused) {
        log('warn', 'a queue was not given to an agent', { queueId, code });
      }
    }
  }

  const stopHearing = connector?.heard((event) => {
    if (event.type !== 'connection' || event.status.state !== 'connected') return;
    restoring = restoring.then(restore).catch((error: unknown) => {
      const reason = error instanceof Error ? error.name : 'unknown';
      log('error', 'the queues of agents could not be restored', { reason });
    });
  });

  return {
    atPbx,
    apply,
    async stop() {
      stopHearing?.();
      await restoring;
    },
  };
}

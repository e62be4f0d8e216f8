import { v7 as uuidv7 } from 'uuid';
import type { AuditAction, AuditEntry } from '#shared/domain/audit.ts';
import { mayIntervene } from '#shared/domain/intervention/mayIntervene.ts';
import type { NotificationKind } from '#shared/domain/notification.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Clock } from '#shared/sync/clock.ts';
import type {
  AgentQueues,
  Effect,
  Membership,
  SignOutAnswer,
  WantedRest,
} from '#shared/sync/intervention.ts';
import { mergeFields } from '#shared/sync/merge.ts';
import type { Caller } from '../accounts/accounts.ts';
import type { LiveHub } from '../live/liveHub.ts';
import { notify as tellUsers } from '../notify/notify.ts';
import type { PbxConnector, PbxLog } from '../pbx/connector.ts';
import { appendAudit } from '../store/audit.ts';
import { readConfiguration } from '../store/configuration.ts';
import { keepMembers, type QueueMember, readMembers, takeOrder } from '../store/interventions.ts';
import { lockRecords, updateRecords } from '../store/records.ts';
import { hasSession } from '../store/sessions.ts';
import type { Db, Store, Tx } from '../store/store.ts';
import { findUser, type KnownUser } from '../store/users.ts';
import { createDesks } from './desks.ts';
import { endSessions } from './endSessions.ts';
import { createMemberships } from './memberships.ts';

export interface InterventionOptions {
  store: Pick<Store, 'db' | 'listen'>;
  live: Pick<LiveHub, 'tell'>;
  connector: PbxConnector | null;
  clock: Clock;
  now: () => number;
  log: PbxLog;
  /** How long an agent's desk has for its answer, ms. */
  patienceMs?: number;
}

/**
 * What supervisors do about agents, by the rules of shared/domain/intervention; each is written down and told to the
 * agent in the same transaction. Every action fails with `forbidden` and `not-found` (no such user).
 */
export interface Interventions {
  start(): Promise<void>;
  /** `desk-away`: no desk of the agent answers, and nothing was done. */
  setState(caller: Caller, userId: string, rest: WantedRest): Promise<Result<{ effect: Effect }>>;
  /** The agent's desk does what it was asked for. `state-not-allowed`: it was given up meanwhile. */
  taken(caller: Caller, id: string, effect: Effect): Promise<Result<null>>;
  signOut(caller: Caller, userId: string): Promise<Result<SignOutAnswer>>;
  queues(caller: Caller, userId: string): Promise<Result<AgentQueues>>;
  /** `invalid-input`: no such queue, or one twice. */
  setQueues(
    caller: Caller,
    userId: string,
    queues: readonly Membership[],
  ): Promise<Result<AgentQueues>>;
  /** All sessions of a user end with the transaction, whoever asks for it; see endSessions.ts. */
  endSessions(tx: Tx, userId: string, byName: string): Promise<number>;
  /** Brings the PBX to an account that was changed: `before` null for a new one. Never fails: it is told again later. */
  follow(
    before: KnownUser | null,
    after: KnownUser,
    members: readonly QueueMember[],
  ): Promise<void>;
  stop(): Promise<void>;
}

const usualPatienceMs = 5_000;

type Noted = Partial<AuditEntry> & { action: AuditAction };

export function createInterventions(options: InterventionOptions): Interventions {
  const { store, live, connector, clock, now, log, patienceMs = usualPatienceMs } = options;
  const { db } = store;
  const desks = createDesks({ store, live, now, patienceMs });
  const memberships = createMemberships({ db, connector, log });

  async function found({ user }: Caller, userId: string): Promise<Result<KnownUser>> {
    if (!mayDo(user.role, 'team.manage')) return fail('forbidden', 'this role manages nobody');
    const target = await findUser(db, userId);
    if (!target) return fail('not-found', 'no such user');
    if (!mayIntervene(user, target)) return fail('forbidden', 'this user is not in reach');
    return ok(target);
  }

  function note(to: Db | Tx, { user, device }: Caller, target: KnownUser, noted: Noted) {
    return write(to, {
      ...{ userId: user.id, userName: user.name, device },
      ...{ agentId: target.id, agentName: target.name },
      ...noted,
    });
  }

  async function write(
    to: Db | Tx,
    noted: Noted & Pick<AuditEntry, 'userName' | 'agentName'>,
  ): Promise<void> {
    const none = { userId: null, device: null, agentId: null };
    const ofCall = { callRef: null, mode: null, reason: null };
    await appendAudit(to, { id: uuidv7(), at: now(), ...none, ...ofCall, ...noted });
  }

  /** Who did what stands before the agent until it was seen. */
  function tellAgent(
    tx: Tx,
    given: {
      cause: string;
      userId: string;
      kind: NotificationKind;
      subject: string;
      byName: string;
    },
  ): Promise<void> {
    return tellUsers(tx, [{ ...given, ticketId: null, taskId: null }], { clock, at: now() });
  }

  async function setState(
    caller: Caller,
    userId: string,
    rest: WantedRest,
  ): Promise<Result<{ effect: Effect }>> {
    const target = await found(caller, userId);
    if (!target.ok) return target;
    const detail = restWord(rest);
    await note(db, caller, target.value, { action: 'team.state.asked', detail });
    const { user, device } = caller;
    const effect = (await hasSession(db, userId, now()))
      ? await desks.askToRest(userId, {
          ...{ byId: user.id, byName: user.name, device },
          ...{ agentName: target.value.name, rest },
        })
      : null;
    if (effect !== null) return ok({ effect });
    const reason = 'desk-away';
    await note(db, caller, target.value, { action: 'team.state.refused', detail, reason });
    return fail(reason, 'no desk of this agent answers');
  }

  function taken({ user }: Caller, id: string, effect: Effect): Promise<Result<null>> {
    return db.transaction().execute(async (tx) => {
      const order = await takeOrder(tx, { id, userId: user.id, effect });
      if (!order) return fail('state-not-allowed', 'it was given up meanwhile');
      if (!order.first) return ok(null);
      const { byId, byName, device, agentName, rest } = order.order.asked;
      const detail = restWord(rest);
      await write(tx, {
        ...{ action: 'team.state.set', userId: byId, userName: byName, device },
        ...{ agentId: user.id, agentName, detail },
      });
      const to = { userId: user.id, kind: 'team.stateSet' as const, subject: detail, byName };
      await tellAgent(tx, { cause: id, ...to });
      await desks.answered(tx, id, effect);
      return ok(null);
    });
  }

  async function pauseAtPbx({ extension }: KnownUser): Promise<SignOutAnswer['pbx']> {
    if (!connector || extension === null) return 'none';
    const paused = await connector.pause(extension, 'signedOut');
    if (paused.ok || paused.error.code === 'not-found') return 'done';
    log('warn', 'an agent who was signed out is not paused', { code: paused.error.code });
    return 'later';
  }

  async function signOut(caller: Caller, userId: string): Promise<Result<SignOutAnswer>> {
    const target = await found(caller, userId);
    if (!target.ok) return target;
    const { name: byName } = caller.user;
    const id = uuidv7();
    const sessions = await db.transaction().execute(async (tx) => {
      const ended = await endSessions(tx, { id, userId, byName }, { desks, clock, now });
      await note(tx, caller, target.value, { action: 'team.signedOut', detail: `${ended}` });
      if (ended > 0) {
        await tellAgent(tx, { cause: id, userId, kind: 'team.signedOut', subject: '', byName });
      }
      return ended;
    });
    return ok({ sessions, pbx: await pauseAtPbx(target.value) });
  }

  /** As supervisors and the directory have it. */
  async function kept({ id, queueIds }: KnownUser): Promise<Membership[]> {
    const set = await readMembers(db, id);
    const penaltyOf = (queueId: string) =>
      set.find((one) => one.queueId === queueId && one.isMember)?.penalty ?? 0;
    return queueIds.map((queueId) => ({ queueId, penalty: penaltyOf(queueId) }));
  }

  async function queues(caller: Caller, userId: string): Promise<Result<AgentQueues>> {
    const target = await found(caller, userId);
    if (!target.ok) return target;
    const told = memberships.atPbx(target.value);
    if (told) return ok({ queues: told, pbx: 'same', refused: [] });
    const hasPbx = connector !== null && target.value.extension !== null;
    const pbx = hasPbx ? ('later' as const) : ('none' as const);
    return ok({ queues: await kept(target.value), pbx, refused: [] });
  }

  async function unknownQueue(wanted: readonly Membership[]): Promise<string | null> {
    const known = new Set((await readConfiguration(db))?.queues.map(({ id }) => id));
    const ids = wanted.map(({ queueId }) => queueId);
    return ids.find((id, at) => !known.has(id) || ids.indexOf(id) !== at) ?? null;
  }

  async function setQueues(
    caller: Caller,
    userId: string,
    wanted: readonly Membership[],
  ): Promise<Result<AgentQueues>> {
    const target = await found(caller, userId);
    if (!target.ok) return target;
    if ((await unknownQueue(wanted)) !== null) return fail('invalid-input', 'no such queue');
    const before = memberships.atPbx(target.value) ?? (await kept(target.value));
    const members = membersFrom(userId, before, wanted);
    const changed = await db.transaction().execute(async (tx) => {
      const [held] = await lockRecords(tx, [{ entity: 'user', id: userId }]);
      if (!held) return false;
      const fields = { queueIds: wanted.map(({ queueId }) => queueId) };
      const merged = mergeFields(held, { fields, clock: clock.tick(Object.values(held.clocks)) });
      await updateRecords(
        tx,
        [{ ...held, version: held.version + 1, fields: merged.fields, clocks: merged.clocks }],
        now(),
      );
      await keepMembers(tx, { members, at: now(), byId: caller.user.id });
      const subject = queueWords(wanted);
      await note(tx, caller, target.value, { action: 'team.queues.changed', detail: subject });
      const byName = caller.user.name;
      await tellAgent(tx, { cause: uuidv7(), userId, kind: 'team.queuesChanged', subject, byName });
      return true;
    });
    if (!changed) return fail('not-found', 'no such user');
    return ok({ queues: [...wanted], ...(await memberships.apply(target.value, members)) });
  }

  async function follow(
    before: KnownUser | null,
    after: KnownUser,
    members: readonly QueueMember[],
  ): Promise<void> {
    try {
      const isGone = !after.active || before?.extension !== after.extension;
      if (before?.active && isGone) {
        await memberships.apply(before, membersFrom(before.id, await kept(before), []));
        await pauseAtPbx(before);
      }
      if (after.active) await memberships.apply(after, members);
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'unknown';
      log('error', 'the PBX was not told of an account', { reason });
    }
  }

  return {
    start: desks.start,
    endSessions: (tx, userId, byName) =>
      endSessions(tx, { id: uuidv7(), userId, byName }, { desks, clock, now }),
    follow,
    setState,
    taken,
    signOut,
    queues,
    setQueues,
    async stop() {
      desks.stop();
      await memberships.stop();
    },
  };
}

/** `ready`, or `break` and its reason. */
function restWord(rest: WantedRest): string {
  return rest.state === 'ready' ? 'ready' : `break ${rest.reason}`;
}

const maxWords = 500;

/** `hotline:0, vip:2`: queues with their penalty. */
export function queueWords(queues: readonly Membership[]): string {
  return queues
    .map(({ queueId, penalty }) => `${queueId}:${penalty}`)
    .join(', ')
    .slice(0, maxWords);
}

/** All that is to be said of the queues: those wanted, and those left. */
function membersFrom(
  userId: string,
  before: readonly Membership[],
  wanted: readonly Membership[],
): QueueMember[] {
  const left = before.filter(({ queueId }) => !wanted.some((one) => one.queueId === queueId));
  return [
    ...wanted.map((one) => ({ userId, ...one, isMember: true })),
    ...left.map((one) => ({ userId, ...one, isMember: false })),
  ];
}

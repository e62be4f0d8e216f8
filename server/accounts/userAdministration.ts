import type { AuditAction } from '#shared/domain/audit.ts';
import { newId } from '#shared/domain/ids.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import type { User } from '#shared/domain/user.ts';
import { loginKey } from '#shared/domain/users/login.ts';
import {
  type Centre,
  problemOfLeaving,
  problemOfReturning,
  problemsOfUser,
} from '#shared/domain/users/userRules.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { mergeFields } from '#shared/sync/merge.ts';
import type {
  CreatedUser,
  NewUser,
  OneTimePassword,
  UserAccount,
  UserChange,
} from '#shared/sync/users.ts';
import { type Interventions, queueWords } from '../intervention/interventions.ts';
import { notify as tellUsers } from '../notify/notify.ts';
import {
  changeAccount,
  insertAccounts,
  readAccountStates,
  replacePassword,
} from '../store/accounts.ts';
import { keepMembers, type QueueMember, readMembers } from '../store/interventions.ts';
import { newsChannel, notify } from '../store/notices.ts';
import { makeOnce, type Repeatable } from '../store/programs/madeRequests.ts';
import { insertRecords, lockRecords, updateRecords } from '../store/records.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import type { Db, Tx } from '../store/store.ts';
import { type KnownUser, readPeople } from '../store/users.ts';
import type { Caller } from './accounts.ts';
import { lockCentre } from './centre.ts';
import { noteUser } from './noteUser.ts';
import { makeOneTimePassword, oneTimeMs } from './oneTimePassword.ts';
import { mayChangePassword } from './ownPassword.ts';
import { hashPassword, type PasswordCost } from './password.ts';
import { differences, refusalOf, viewOf, withChange, wordsOf } from './userChanges.ts';

export interface UserAdministrationOptions {
  db: Db;
  clock: Clock;
  now: () => number;
  mode: 'practice' | 'site';
  passwordCost?: PasswordCost | undefined;
  interventions: Pick<Interventions, 'endSessions' | 'follow'>;
}

/**
 * Accounts, by the rules of shared/domain/users. Every change fails with `forbidden` and `not-found`; those of fields
 * with `login-taken`, `extension-taken`, `last-administrator`, else `invalid-input` (the message names the field).
 */
export interface UserAdministration {
  /** Everybody who has or had an account, by name. */
  list(): Promise<UserAccount[]>;
  create(by: Caller, made: NewUser, repeatable?: Repeatable | null): Promise<Result<CreatedUser>>;
  change(by: Caller, userId: string, change: UserChange): Promise<Result<UserAccount>>;
  /** All sessions end at once, and nobody signs in; what the user did stays. `own-account`: not one's own. */
  deactivate(by: Caller, userId: string): Promise<Result<UserAccount>>;
  reactivate(by: Caller, userId: string): Promise<Result<UserAccount>>;
  /** All sessions end, and a one-time password opens. `own-account`, `practice-user`: those change theirs themselves. */
  resetPassword(by: Caller, userId: string): Promise<Result<OneTimePassword>>;
}

/** What a change comes to: how the user was and is, and what the PBX is to hold. */
interface Changed {
  before: KnownUser | null;
  after: KnownUser;
  members: QueueMember[];
}

type NotedAction = Extract<AuditAction, `team.user.${string}` | 'team.password.reset'>;

export function createUserAdministration(options: UserAdministrationOptions): UserAdministration {
  const { db, clock, now, mode, passwordCost, interventions } = options;

  /** One after the other over all nodes, so that each sees what the one before has made of the people. */
  function inTurn<T>(
    { user }: Caller,
    work: (tx: Tx, centre: Centre) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    return db.transaction().execute(async (tx) => {
      const centre = await lockCentre(tx);
      const self = centre.people.find(({ id }) => id === user.id);
      if (!self?.active || !mayDo(self.role, 'users.manage')) {
        return fail('forbidden', 'this role manages no users');
      }
      return work(tx, centre);
    });
  }

  /** One who is there; what comes of it is told to the PBX once it stands in the database. */
  async function changing(
    by: Caller,
    userId: string,
    work: (tx: Tx, before: KnownUser, centre: Centre) => Promise<Result<Changed>>,
  ): Promise<Result<UserAccount>> {
    const changed = await inTurn(by, async (tx, centre) => {
      const before = centre.people.find(({ id }) => id === userId);
      return before ? work(tx, before, centre) : fail('not-found', 'no such user');
    });
    return changed.ok ? ok(await told(changed.value)) : changed;
  }

  async function told({ before, after, members }: Changed): Promise<UserAccount> {
    await interventions.follow(before, after, members);
    const [state] = await readAccountStates(db, now(), after.id);
    return viewOf(after, state);
  }

  async function note(
    tx: Tx,
    { user: { id, name }, device }: Caller,
    noted: { user: KnownUser; action: NotedAction; detail?: string },
  ): Promise<void> {
    await noteUser(tx, { by: { id, name, device }, atMs: now(), ...noted });
  }

  async function write(tx: Tx, userId: string, fields: Partial<User>): Promise<void> {
    const [held] = await lockRecords(tx, [{ entity: 'user', id: userId }]);
    if (!held || Object.keys(fields).length === 0) return;
    const merged = mergeFields(held, { fields, clock: clock.tick(Object.values(held.clocks)) });
    const record = { ...held, fields: merged.fields, clocks: merged.clocks };
    await updateRecords(tx, [{ ...record, version: held.version + 1 }], now());
    await notify(tx, newsChannel);
  }

  /** Of all queues that the user takes or took; the order in which members are asked stays. */
  async function membersOf(
    tx: Tx,
    after: KnownUser,
    former: readonly string[] = [],
  ): Promise<QueueMember[]> {
    const kept = await readMembers(tx, after.id);
    const left = former.filter((id) => !after.queueIds.includes(id));
    const member = (isMember: boolean) => (queueId: string) => {
      const penalty = kept.find((one) => one.queueId === queueId)?.penalty ?? 0;
      return { userId: after.id, queueId, isMember, penalty };
    };
    return [...after.queueIds.map(member(true)), ...left.map(member(false))];
  }

  /** As changes of queues by supervisors are told. */
  async function tellOfQueues(
    tx: Tx,
    { user: { id: byId, name: byName } }: Caller,
    { id: userId, active }: KnownUser,
    members: readonly QueueMember[],
  ): Promise<void> {
    if (!active || userId === byId) return;
    const subject = queueWords(members.filter(({ isMember }) => isMember));
    const notice = { cause: newId(), userId, kind: 'team.queuesChanged' as const, subject, byName };
    await tellUsers(tx, [{ ...notice, ticketId: null, taskId: null }], { clock, at: now() });
  }

  async function newPassword(): Promise<OneTimePassword & { passwordHash: string }> {
    const password = makeOneTimePassword();
    const passwordHash = await hashPassword(password, passwordCost);
    return { password, passwordHash, until: now() + oneTimeMs };
  }

  async function create(
    by: Caller,
    given: NewUser,
    repeatable: Repeatable | null = null,
  ): Promise<Result<CreatedUser>> {
    const { password, passwordHash, until } = await newPassword();
    const made = await inTurn(by, (tx, centre) =>
      makeOnce(tx, repeatable, now(), async () => {
        const added = await add(tx, by, given, { centre, passwordHash, until });
        return added.ok ? ok({ userId: added.value, password, until }) : added;
      }),
    );
    if (!made.ok) return made;
    const { userId, ...opens } = made.value;
    const after = (await readPeople(db)).find(({ id }) => id === userId);
    if (!after) return fail('not-found', 'no such user');
    const members = await readMembers(db, userId);
    return ok({ user: await told({ before: null, after, members }), ...opens });
  }

  /** The new user's id. */
  async function add(
    tx: Tx,
    by: Caller,
    { phonePassword, ...given }: NewUser,
    { centre, passwordHash, until }: { centre: Centre; passwordHash: string; until: number },
  ): Promise<Result<string>> {
    const refused = refusalOf(problemsOfUser(given, null, centre));
    if (refused) return refused;
    const fields = { ...given, active: true };
    const after = { ...fields, id: newId() };
    const account = { userId: after.id, loginKey: loginKey(given.login) };
    const secrets = { passwordHash, oneTimeUntil: until, sipPassword: phonePassword };
    await insertAccounts(tx, [{ ...account, ...secrets }]);
    await insertRecords(tx, [{ entity: 'user', id: after.id, fields }], clock.tick(), now());
    await notify(tx, newsChannel);
    const members = await membersOf(tx, after);
    await keepMembers(tx, { members, at: now(), byId: by.user.id });
    await note(tx, by, { user: after, action: 'team.user.created', detail: wordsOf(given) });
    return ok(after.id);
  }

  function change(by: Caller, userId: string, wanted: UserChange): Promise<Result<UserAccount>> {
    const { phonePassword } = wanted;
    return changing(by, userId, async (tx, before, centre) => {
      const after = withChange(before, wanted);
      const refused = refusalOf(problemsOfUser(after, before, centre));
      if (refused) return refused;
      const fields = differences(before, after);
      await write(tx, userId, fields);
      await changeAccount(tx, userId, {
        ...(fields.login === undefined ? {} : { loginKey: loginKey(fields.login) }),
        ...(phonePassword === undefined ? {} : { sipPassword: phonePassword }),
      });
      const members = await membersOf(tx, after, before.queueIds);
      if (fields.queueIds) {
        await keepMembers(tx, { members, at: now(), byId: by.user.id });
        await tellOfQueues(tx, by, after, members);
      }
      const words = [wordsOf(fields, before), phonePassword === undefined ? '' : 'phonePassword'];
      const detail = words.filter((word) => word !== '').join(', ');
      await note(tx, by, { user: after, action: 'team.user.changed', detail });
      return ok({ before, after, members });
    });
  }

  function deactivate(by: Caller, userId: string): Promise<Result<UserAccount>> {
    return changing(by, userId, async (tx, before, { people }) => {
      const after = { ...before, active: false };
      if (!before.active) return ok({ before, after, members: [] });
      const problem = problemOfLeaving(before, { people, byId: by.user.id });
      if (problem === 'self') return fail('own-account', 'nobody deactivates their own account');
      if (problem) return fail('last-administrator', 'nobody would be left who manages users');
      await write(tx, userId, { active: false });
      const ended = await interventions.endSessions(tx, userId, by.user.name);
      const detail = `sessions ${ended}`;
      await note(tx, by, { user: after, action: 'team.user.deactivated', detail });
      return ok({ before, after, members: [] });
    });
  }

  function reactivate(by: Caller, userId: string): Promise<Result<UserAccount>> {
    return changing(by, userId, async (tx, before, { people }) => {
      const after = { ...before, active: true };
      const members = await membersOf(tx, after);
      if (before.active) return ok({ before, after, members });
      const problem = problemOfReturning(before, people);
      const refused = refusalOf(problem ? [problem] : []);
      if (refused) return refused;
      // One that began between the check of a password and the end of the others.
      await deleteSessionsOf(tx, userId);
      await write(tx, userId, { active: true });
      await note(tx, by, { user: after, action: 'team.user.reactivated' });
      return ok({ before, after, members });
    });
  }

  async function resetPassword(by: Caller, userId: string): Promise<Result<OneTimePassword>> {
    if (userId === by.user.id) return fail('own-account', 'one’s own password is changed');
    const may = mayChangePassword(userId, mode);
    if (!may.ok) return may;
    const { password, passwordHash, until } = await newPassword();
    return inTurn<OneTimePassword>(by, async (tx, { people }) => {
      const user = people.find(({ id }) => id === userId);
      if (!user) return fail('not-found', 'no such user');
      await replacePassword(tx, { userId, passwordHash, oneTimeUntil: until }, null);
      const ended = await interventions.endSessions(tx, userId, by.user.name);
      await note(tx, by, { user, action: 'team.password.reset', detail: `sessions ${ended}` });
      return ok({ password, until });
    });
  }

  return {
    async list() {
      const states = await readAccountStates(db, now());
      const stateOf = new Map(states.map((state) => [state.userId, state]));
      return (await readPeople(db))
        .map((user) => viewOf(user, stateOf.get(user.id)))
        .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
    },
    create,
    change,
    deactivate,
    reactivate,
    resetPassword,
  };
}

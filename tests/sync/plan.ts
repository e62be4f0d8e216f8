import type { LocalChange } from '#electron/cache/cache.ts';
import { Random, weights } from '#shared/sample/random.ts';
import type { UserChange } from './changeUser.ts';
import { type WireFault, wireFaults } from './roughWire.ts';
import {
  type Change,
  changing,
  type Made,
  merge,
  open,
  part,
  register,
  task,
  ticketEvent,
  trespass,
  wrapUp,
} from './work.ts';

export type Action =
  | ({ act: 'change' } & Change)
  /** All desks at once, each its own change of the same record. */
  | { act: 'meet'; changes: Change[] }
  | { act: 'connect'; on: boolean }
  | { act: 'killDesk' }
  | { act: 'startDesk' }
  /** The desk's disk is copied; brought back, it is of that day again. */
  | { act: 'copyDisk' }
  | { act: 'restoreDisk' }
  /** A copy of the desk's disk starts on another machine, beside it. */
  | { act: 'twin' }
  /** The desk's clock is wrong by so much from now on. */
  | { act: 'skew'; ms: number }
  | { act: 'signOut' }
  | { act: 'signIn' }
  | { act: 'killServer' }
  | { act: 'startServer' }
  | { act: 'backUp' }
  /** The server's database is the one of the last backup again. */
  | { act: 'restore' }
  /** The user of the desk gets another team or role. */
  | { act: 'moveUser'; change: UserChange }
  | { act: 'wire'; fault: WireFault }
  | { act: 'cut' }
  | { act: 'lineDown'; on: boolean }
  | { act: 'disk'; full: boolean };

type Kind =
  | 'register'
  | 'edit'
  | 'meet'
  | 'retag'
  | 'open'
  | 'step'
  | 'describe'
  | 'wrapUp'
  | 'rewrite'
  | 'task'
  | 'assign'
  | 'retitle'
  | 'merge'
  | 'part'
  | 'trespass';

const kinds = weights<Kind | 'trouble'>([
  [14, 'register'],
  [20, 'edit'],
  [6, 'meet'],
  [8, 'retag'],
  [10, 'open'],
  [14, 'step'],
  [5, 'describe'],
  [9, 'wrapUp'],
  [5, 'rewrite'],
  [6, 'task'],
  [5, 'assign'],
  [3, 'retitle'],
  [4, 'merge'],
  [2, 'part'],
  [2, 'trespass'],
  [26, 'trouble'],
]);

/** A clock is wrong by up to a day and an hour. */
const skewMs = 90_000_000;

const moves: UserChange[] = [
  { teamId: 'east' },
  { teamId: 'west' },
  { role: 'supervisor' },
  { role: 'agent' },
];

const troubles = weights<(random: Random) => Action>([
  [20, (random) => ({ act: 'wire', fault: random.pick(wireFaults) })],
  [6, () => ({ act: 'cut' })],
  [5, () => ({ act: 'lineDown', on: true })],
  [6, () => ({ act: 'lineDown', on: false })],
  [5, () => ({ act: 'connect', on: false })],
  [6, () => ({ act: 'connect', on: true })],
  [4, () => ({ act: 'killDesk' })],
  [12, () => ({ act: 'startDesk' })],
  [1, () => ({ act: 'killServer' })],
  [4, () => ({ act: 'startServer' })],
  [2, () => ({ act: 'copyDisk' })],
  [4, () => ({ act: 'restoreDisk' })],
  [1, () => ({ act: 'twin' })],
  [3, (random) => ({ act: 'skew', ms: random.int(-skewMs, skewMs) })],
  [2, () => ({ act: 'skew', ms: 0 })],
  [1, () => ({ act: 'signOut' })],
  [12, () => ({ act: 'signIn' })],
  [1, () => ({ act: 'backUp' })],
  [1, () => ({ act: 'restore' })],
  [2, (random) => ({ act: 'moveUser', change: random.pick(moves) })],
  [2, () => ({ act: 'disk', full: true })],
  [10, () => ({ act: 'disk', full: false })],
]);

/** Beyond this, records are picked from the newest, so that desks meet on the same ones. */
const meetingPlace = 30;

/** What happens in each round: the same seed, the same plan, up to the ids of new records. */
export class Plan {
  #random: Random;
  #desks: number;
  #made: Made[] = [];

  constructor(seed: number, desks: number) {
    this.#random = new Random(seed, 1, 0);
    this.#desks = desks;
  }

  next(round: number, userIds: readonly string[]): { desk: number; action: Action } {
    const desk = this.#random.int(0, this.#desks - 1);
    const kind = this.#random.weighted(kinds);
    if (kind === 'trouble') {
      return { desk, action: this.#random.weighted(troubles)(this.#random) };
    }
    const userId = userIds[desk] ?? '';
    const mark = `round ${round}.`;
    if (kind === 'meet') return { desk, action: this.#meet(mark, userIds) };
    const others = userIds.filter((id) => id !== userId);
    const change = this.#change(kind, mark, userId, others);
    return { desk, action: { act: 'change', ...change } };
  }

  /** It is on a disk: other desks will come to work on it. */
  made(records: readonly Made[]): void {
    this.#made.push(...records);
  }

  #known(entity: Made['entity'], byId: string | null): Made | null {
    const fitting = this.#made.filter(
      (made) => made.entity === entity && (byId === null || made.byId === byId),
    );
    const newest = fitting.slice(-meetingPlace);
    return newest.length === 0 ? null : this.#random.pick(newest);
  }

  #change(
    kind: Exclude<Kind, 'meet'>,
    mark: string,
    userId: string,
    others: readonly string[],
  ): Change {
    switch (kind) {
      case 'register':
        return register(mark, userId);
      case 'open':
        return open(mark, userId, this.#known('customer', null));
      case 'wrapUp':
        return wrapUp(mark, userId);
      case 'task':
        return task(mark, userId);
      case 'trespass':
        return trespass(mark, others[0] ?? '');
      case 'merge':
        return this.#merge(mark, userId) ?? register(mark, userId);
      case 'part':
        return this.#part(mark) ?? register(mark, userId);
      case 'assign':
        return this.#assign(mark, others) ?? task(mark, userId);
      case 'retitle':
        return this.#retitle(mark) ?? task(mark, userId);
      case 'retag':
        return this.#retag(mark, userId) ?? register(mark, userId);
      case 'edit':
        return this.#edit(mark) ?? register(mark, userId);
      case 'step':
        return this.#step(mark, userId, others) ?? open(mark, userId, null);
      case 'describe':
        return this.#describe(mark, userId) ?? open(mark, userId, null);
      case 'rewrite':
        return this.#rewrite(mark, userId) ?? wrapUp(mark, userId);
    }
  }

  /** Of one record, which all of them edit or all of them tag. */
  #meet(mark: string, userIds: readonly string[]): Action {
    const tag = this.#random.int(0, 1) === 0;
    const known = this.#known(tag && this.#random.int(0, 1) === 0 ? 'ticket' : 'customer', null);
    const changes = userIds.map((userId, at) =>
      tag ? this.#retagOf(known, `${mark}${at}.`, userId) : this.#editOf(known, `${mark}${at}.`),
    );
    return { act: 'meet', changes: changes.filter((change) => change !== null) };
  }

  #edit(mark: string): Change | null {
    return this.#editOf(this.#known('customer', null), mark);
  }

  #editOf(known: Made | null, mark: string): Change | null {
    if (!known) return null;
    const fields = this.#random.pick([
      { pinnedNote: `${mark} 备注` },
      { name: `王 ${mark}` },
      { pinnedNote: mark, tags: [mark] },
      { name: `赵 ${mark}`, valueClass: this.#random.pick(['A', 'B', 'C'] as const) },
    ]);
    return changing(mark, known, [{ entity: 'customer', id: known.id, fields }]);
  }

  #retag(mark: string, userId: string): Change | null {
    const entity = this.#random.pick(['customer', 'ticket'] as const);
    return this.#retagOf(this.#known(entity, null), mark, userId);
  }

  #retagOf(known: Made | null, mark: string, byId: string): Change | null {
    if (known?.entity !== 'customer' && known?.entity !== 'ticket') return null;
    const { entity, id } = known;
    const retag = { entity, id, byId, pick: this.#random.int(0, 1000), tag: mark };
    return { ...changing(mark, known, []), retag };
  }

  /** Whoever steps from a state that is gone meanwhile is refused. */
  #step(mark: string, userId: string, others: readonly string[]): Change | null {
    const known = this.#known('ticket', null);
    if (!known) return null;
    const pick = this.#random.int(0, 1000);
    const colleagueId = others.length > 0 ? this.#random.pick(others) : userId;
    const step = { ticketId: known.id, byId: userId, pick, colleagueId, note: mark };
    return { ...changing(mark, known, []), step, refused: 'maybe' };
  }

  #describe(mark: string, userId: string): Change | null {
    const known = this.#known('ticket', null);
    if (!known) return null;
    return changing(mark, known, [
      { entity: 'ticket', id: known.id, fields: { description: mark } },
      ticketEvent(known.id, userId, mark, 'ticket.noted'),
    ]);
  }

  /** The task goes to a colleague, perhaps of another team. */
  #assign(mark: string, others: readonly string[]): Change | null {
    const known = this.#known('task', null);
    if (!known || others.length === 0) return null;
    const fields = { ownerId: this.#random.pick(others), ownerName: mark };
    const changes: LocalChange[] = [{ entity: 'task', id: known.id, fields }];
    return { ...changing(mark, known, changes), refused: 'maybe' };
  }

  #merge(mark: string, userId: string): Change | null {
    const loser = this.#known('customer', null);
    const winner = this.#known('customer', null);
    if (!loser || !winner || loser.id === winner.id) return null;
    return merge(mark, userId, loser, winner);
  }

  #part(mark: string): Change | null {
    const loser = this.#known('customer', null);
    return loser && part(mark, loser);
  }

  #retitle(mark: string): Change | null {
    const known = this.#known('task', null);
    if (!known) return null;
    const changes: LocalChange[] = [{ entity: 'task', id: known.id, fields: { title: mark } }];
    return { ...changing(mark, known, changes), refused: 'maybe' };
  }

  #rewrite(mark: string, userId: string): Change | null {
    const known = this.#known('wrapUp', userId);
    if (!known) return null;
    const changes: LocalChange[] = [{ entity: 'wrapUp', id: known.id, fields: { notes: mark } }];
    // A clock that is wrong by a day may say that the time for changes is over.
    return { ...changing(mark, known, changes), refused: 'maybe' };
  }
}

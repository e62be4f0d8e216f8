import type { LocalChange } from '#electron/cache/cache.ts';
import {
  callFields,
  contactFields,
  customerFields,
  newId,
  phoneFields,
  taskFields,
  ticketFields,
  wrapUpFields,
} from '#tests/support/cacheFixture.ts';

/** One record that some desk has made. */
export interface Made {
  entity: 'customer' | 'ticket' | 'task' | 'wrapUp';
  id: string;
  byId: string;
}

export interface StepPlan {
  ticketId: string;
  byId: string;
  /** Which of the steps that are open there, counted round. */
  pick: number;
  /** Who gets it, where it is handed on. */
  colleagueId: string;
  note: string;
}

/** A tag is added, another may go; who does it watches a ticket from then on, or not any more. */
export interface RetagPlan {
  entity: 'customer' | 'ticket';
  id: string;
  byId: string;
  /** Which of the tags goes, counted round; beyond them none. */
  pick: number;
  tag: string;
}

/** One thing that an agent does. */
export interface Change {
  /** Stands in every text that the change writes: found again on the server, or never. */
  mark: string;
  changes: LocalChange[];
  needs: { entity: string; id: string } | null;
  makes: Made[];
  /** A step of a ticket, from where its desk sees the ticket: the desk makes the changes. */
  step?: StepPlan;
  /** A change of lists, from how its desk sees them. */
  retag?: RetagPlan;
  /**
   * The server must refuse it, and its author must see that; or it may: the record has changed hands, and its author
   * may not have heard of that.
   */
  refused: boolean | 'maybe';
}

export function changing(mark: string, needs: Made, changes: LocalChange[]): Change {
  return { mark, changes, needs, makes: [], refused: false };
}

function making(mark: string, changes: LocalChange[], makes: Made[]): Change {
  return { mark, changes, needs: null, makes, refused: false };
}

export function register(mark: string, byId: string): Change {
  const id = newId();
  const number = `+86138${id.slice(-8).replace(/\D/gu, '0')}`;
  return making(
    mark,
    [
      { entity: 'customer', id, fields: customerFields({ name: `李 ${mark}`, pinnedNote: mark }) },
      { entity: 'contactPoint', id: newId(), fields: phoneFields(id, number, { raw: mark }) },
      { entity: 'contact', id: newId(), fields: contactFields(id, Date.now(), { detail: mark }) },
    ],
    [{ entity: 'customer', id, byId }],
  );
}

export function ticketEvent(
  ticketId: string,
  byId: string,
  note: string,
  name: 'ticket.created' | 'ticket.noted',
): LocalChange {
  const fields = { ticketId, name, at: Date.now(), byId, byName: 'Li Na', note };
  return { entity: 'ticketEvent', id: newId(), fields };
}

export function open(mark: string, byId: string, customer: Made | null): Change {
  const id = newId();
  const fields = ticketFields({
    subject: mark,
    customerId: customer?.id ?? null,
    ownerId: byId,
    firstContactId: byId,
  });
  return making(
    mark,
    [{ entity: 'ticket', id, fields }, ticketEvent(id, byId, mark, 'ticket.created')],
    [{ entity: 'ticket', id, byId }],
  );
}

export function wrapUp(mark: string, byId: string): Change {
  const callId = newId();
  const call = callFields({ callRef: mark, agentId: byId });
  return making(
    mark,
    [
      { entity: 'call', id: callId, fields: call },
      {
        entity: 'wrapUp',
        id: callId,
        fields: wrapUpFields(callId, { agentId: byId, notes: mark, savedAt: Date.now() }),
      },
    ],
    [{ entity: 'wrapUp', id: callId, byId }],
  );
}

export function task(mark: string, byId: string): Change {
  const id = newId();
  const fields = taskFields({ title: mark, ownerId: byId });
  return making(mark, [{ entity: 'task', id, fields }], [{ entity: 'task', id, byId }]);
}

/** Two customers become one: refused where the author may not, or where it would go in a circle. */
export function merge(mark: string, byId: string, loser: Made, winner: Made): Change {
  const fields = {
    ...{ winnerId: winner.id, loserId: loser.id, undoneAt: null, undoneBy: null },
    ...{ fields: { pinnedNote: { before: mark, after: mark } } },
    ...{ at: Date.now(), byId, byName: 'Li Na' },
  };
  const merged = { mergedInto: winner.id, pinnedNote: mark };
  const changes: LocalChange[] = [
    { entity: 'customer', id: loser.id, fields: merged },
    { entity: 'customerMerge', id: newId(), fields },
  ];
  return { ...changing(mark, loser, changes), refused: 'maybe' };
}

/** And two again. */
export function part(mark: string, loser: Made): Change {
  const fields = { mergedInto: null, pinnedNote: mark };
  const changes: LocalChange[] = [{ entity: 'customer', id: loser.id, fields }];
  return { ...changing(mark, loser, changes), refused: 'maybe' };
}

/** A wrap-up in the name of a colleague. */
export function trespass(mark: string, other: string): Change {
  const callId = newId();
  const fields = wrapUpFields(callId, { agentId: other, notes: mark });
  const changes: LocalChange[] = [{ entity: 'wrapUp', id: callId, fields }];
  return { mark, changes, needs: null, makes: [], refused: true };
}

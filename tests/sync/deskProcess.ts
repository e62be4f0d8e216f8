import type { LocalChange } from '#electron/cache/cache.ts';
import { connect } from '#electron/cache/file/connection.ts';
import { tables } from '#electron/cache/records/tables.ts';
import { createSync } from '#electron/sync/syncClient.ts';
import { newId } from '#shared/domain/ids.ts';
import { stepActorOf, stepsOpen, takeStep } from '#shared/domain/tickets/ticketFlow.ts';
import { DeskError } from '#shared/result.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import {
  cacheOptions,
  openedCache,
  quietLog,
  systemClock,
  testKey,
} from '#tests/support/cacheFixture.ts';
import type { DeskAnswer, DeskQuestion } from './deskMessages.ts';
import type { RetagPlan, StepPlan } from './work.ts';

/**
 * A desk's cache and sync in a process of its own, to be killed, starved and cut off. Arguments: folder, user's id,
 * address of the server, how wrong its clock is in ms.
 */
const [folder = '', userId = '', serverUrl = '', skew = '0'] = process.argv.slice(2);
let skewMs = Number(skew);
const clock = { ...systemClock, now: () => Date.now() + skewMs };
const cache = await openedCache(folder, { userId, clock });
const sync = createSync({ cache, serverUrl, clock, log: quietLog });
/** Far from what a record takes: several desks may fill it up at once. */
const mostTags = 8;
/** More than ever wait. */
const everything = 1_000_000;

function change(question: Extract<DeskQuestion, { ask: 'change' }>): DeskAnswer {
  const { needs, step, retag } = question;
  if (needs && cache.record(needs.entity as EntityName, needs.id) === null) {
    return { answer: 'absent' };
  }
  const changes = step ? changesOf(step) : retag ? retagged(retag) : question.changes;
  if (changes.length === 0) return { answer: 'absent' };
  try {
    cache.change(changes, userId);
  } catch (error) {
    return error instanceof DeskError
      ? { answer: 'failed', code: error.code, message: error.message }
      : { answer: 'failed', code: 'internal', message: String(error) };
  }
  return { answer: 'changed', operations: cache.nextOperations(everything).slice(-changes.length) };
}

/** One of the steps that an agent may take from where this desk sees the ticket. */
function changesOf({ ticketId, byId, pick, colleagueId, note }: StepPlan): LocalChange[] {
  const ticket = cache.record('ticket', ticketId);
  const actor = stepActorOf({ id: byId, name: 'Li Na', role: 'agent' });
  const open = ticket ? stepsOpen(ticket, actor, true) : [];
  const action = open[pick % open.length]?.action;
  if (!ticket || !action) return [];
  const taken = takeStep(
    ticket,
    { action, note, ownerId: colleagueId, resolution: note },
    { ticketId, id: newId(), at: clock.now(), actor, complaintsNeedVisit: true },
  );
  if (!taken.ok) throw new Error(taken.error.message);
  const { fields, event } = taken.value;
  return [
    { entity: 'ticket', id: ticketId, fields },
    { entity: 'ticketEvent', id: event.id, fields: event.fields },
  ];
}

/** Tags, and who watches, as they are once this agent is done with them. */
function retagged({ entity, id, byId, pick, tag }: RetagPlan): LocalChange[] {
  const { tags = [], ...more } = cache.record(entity, id) ?? {};
  const fields = {
    tags: [...tags.filter((_, at) => at !== pick % mostTags), tag].slice(-mostTags),
  };
  if (!('watcherIds' in more)) return [{ entity, id, fields }];
  const others = more.watcherIds.filter((one) => one !== byId);
  const watcherIds = more.watcherIds.length > others.length ? others : [...others, byId];
  return [{ entity, id, fields: { ...fields, watcherIds } }];
}

/** Read from the file, so that nothing stays unseen. */
function settled(): string[] {
  const access = { file: cacheOptions(folder).file, key: testKey };
  const db = connect(access, { cacheKiB: 1024, checkpointPages: 0 });
  const refused = new Set(
    cache.outbox().refused.map(({ entity, entityId }) => `${entity}/${entityId}`),
  );
  const keys = Object.entries(tables).flatMap(([entity, { name }]) => {
    const ids = db.prepare<[], string>(`SELECT "id" FROM "${name}"`).pluck().all();
    return ids.map((id) => `${entity}/${id}`);
  });
  db.close();
  return keys.filter((key) => !refused.has(key));
}

async function answerTo(question: DeskQuestion): Promise<DeskAnswer> {
  switch (question.ask) {
    case 'change':
      return change(question);
    case 'connect':
      if (question.on) sync.start(question.token);
      else await sync.stop();
      return { answer: 'done' };
    case 'waiting':
      return {
        answer: 'waiting',
        operationIds: cache.nextOperations(everything).map(({ id }) => id),
      };
    case 'skew':
      skewMs = question.ms;
      return { answer: 'done' };
    case 'retry':
      sync.retry();
      return { answer: 'done' };
    case 'status':
      return { answer: 'status', status: sync.status(), cursor: cache.cursor() };
    case 'records':
      return {
        answer: 'records',
        fields: question.keys.map(({ entity, id }) => cache.record(entity as EntityName, id)),
      };
    case 'settled':
      return { answer: 'settled', keys: settled() };
    case 'discard':
      cache.discardRefused(question.operationId);
      return { answer: 'done' };
    case 'close':
      await sync.stop();
      await cache.close();
      return { answer: 'done' };
  }
}

process.on('message', async ({ tag, question }: { tag: number; question: DeskQuestion }) => {
  const answer = await answerTo(question);
  process.send?.({ tag, answer }, () => {
    if (question.ask === 'close') process.disconnect();
  });
});
process.send?.({ tag: -1, answer: { answer: 'done' } });

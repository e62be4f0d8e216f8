import { mostOutboxEntries, type OutboxEntry } from '#shared/contract/methods/outbox.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { foldText, normalizeText } from '#shared/domain/text/text.ts';
import { DeskError } from '#shared/result.ts';
import { isListChange } from '#shared/sync/lists.ts';
import type { OutboxOperation } from '../cache/outbox/outbox.ts';
import { readNumber } from './pop.ts';
import type { TicketParts } from './tickets/parts.ts';
import { createRefusedSteps, refusedStepOf } from './tickets/refusedSteps.ts';

/** What the agent sees of the outbox, and does with what was refused. */
export interface OutboxService {
  list(): OutboxEntry[];
  /** Throws `not-found` where none of these was refused. */
  retry(operationIds: readonly string[]): void;
  /** Throws `not-found`, and `invalid-input` with the field. */
  edit(operationId: string, fields: Record<string, unknown>): void;
  /** See tickets/refusedSteps.ts. */
  stepAgain(operationId: string): void;
  stepAsNote(operationId: string, note: string): void;
  /** Throws `not-found`. */
  discard(operationId: string): void;
}

export interface OutboxOptions extends TicketParts {
  home(): HomeCountry;
}

/** Enough of a text to know it again, characters. */
const shownLength = 200;
const longestTitle = 500;

export function createOutboxService(options: OutboxOptions): OutboxService {
  const { cache, home } = options;
  const steps = createRefusedSteps(options);
  const customerName = (id: string | null) =>
    id === null ? null : (cache.record('customer', id)?.name ?? null);

  /** The words and the links of the record behind a change. */
  function aboutOf({ entity, entityId }: OutboxOperation): Partial<OutboxEntry> {
    switch (entity) {
      case 'customer':
        return { title: customerName(entityId), customerId: entityId };
      case 'contactPoint':
      case 'order':
      case 'contact': {
        const record = cache.record(entity, entityId);
        const customerId = record?.customerId ?? null;
        return { title: customerName(customerId), customerId };
      }
      case 'call':
        return aboutCall(entityId);
      case 'wrapUp':
        return aboutCall(cache.record('wrapUp', entityId)?.callId ?? entityId);
      case 'ticket':
        return aboutTicket(entityId);
      case 'ticketEvent':
        return aboutTicket(cache.record('ticketEvent', entityId)?.ticketId ?? null);
      case 'task': {
        const task = cache.record('task', entityId);
        const { customerId = null, ticketId = null, callId = null } = task ?? {};
        return { title: task?.customerName ?? task?.title ?? null, customerId, ticketId, callId };
      }
      case 'complaint':
        return aboutTicket(entityId);
      case 'answerSheet':
        return aboutTicket(cache.record('answerSheet', entityId)?.ticketId ?? null);
      case 'questionnaire': {
        const name = cache.record('questionnaire', entityId)?.name;
        return { title: name ? [...new Set([name['zh-CN'], name.en])].join(' · ') : null };
      }
      case 'missedCall': {
        const missed = cache.record('missedCall', entityId);
        const { customerId = null, numberRaw = null } = missed ?? {};
        return { title: customerName(customerId) ?? numberRaw, customerId };
      }
      default:
        return {};
    }
  }

  function aboutCall(callId: string): Partial<OutboxEntry> {
    const call = cache.record('call', callId);
    if (!call) return {};
    const number = readNumber(call.numberRaw, home()).view.display;
    const title = customerName(call.customerId) ?? (call.callerName || number || null);
    return { title, customerId: call.customerId, callId };
  }

  function aboutTicket(ticketId: string | null): Partial<OutboxEntry> {
    const ticket = ticketId === null ? null : cache.record('ticket', ticketId);
    if (!ticket) return {};
    return { title: ticket.subject, customerId: ticket.customerId, ticketId };
  }

  function entryOf(operation: OutboxOperation): OutboxEntry {
    const { id: operationId, entity, entityId, at, fields, refusal, baseVersion } = operation;
    const about = aboutOf(operation);
    return {
      customerId: null,
      ticketId: null,
      callId: null,
      ...about,
      title: about.title?.slice(0, longestTitle) ?? null,
      ...{ operationId, entity, entityId, at },
      isNew: baseVersion === null,
      fields: inWords(refusal ? fields : shortened(fields)),
      refusal: refusal && { ...refusal, field: fieldNamed(refusal.message, fields) },
      step: refusal && refusedStepOf(options, operation),
    };
  }

  /** A number that was corrected is read anew, so that its owner's calls find it. */
  function completed(
    { entity, fields }: OutboxOperation,
    edits: Record<string, unknown>,
  ): Record<string, unknown> {
    const { raw } = edits;
    if (entity !== 'contactPoint' || typeof raw !== 'string') return edits;
    if ((edits.kind ?? fields.kind) !== 'phone') return { ...edits, normal: foldText(raw) };
    const { matchKeys, extension } = parseNumber(raw, home());
    return { ...edits, normal: matchKeys.exactKey ?? null, extension: extension ?? null };
  }

  const refused = () =>
    cache.outboxOperations(mostOutboxEntries).filter(({ refusal }) => refusal !== null);

  return {
    list() {
      const entries = cache.outboxOperations(mostOutboxEntries).map(entryOf);
      const stepIds = new Set(entries.flatMap(({ step }) => step?.id ?? []));
      // The event of a refused step is shown with it, and goes with it.
      return entries.filter(
        ({ entity, entityId, refusal }) =>
          !(entity === 'ticketEvent' && refusal !== null && stepIds.has(entityId)),
      );
    },
    retry(operationIds) {
      const wanted = refused()
        .filter(({ id }) => operationIds.includes(id))
        // A record goes before what builds on it.
        .sort((one, other) => (one.clock < other.clock ? -1 : 1));
      if (wanted.length === 0) throw new DeskError('not-found', 'no such refused change');
      for (const { id } of wanted) cache.retryRefused(id);
    },
    edit(operationId, fields) {
      const operation = refused().find(({ id }) => id === operationId);
      if (!operation) throw new DeskError('not-found', 'no such refused change');
      const edits = Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'string' ? normalizeText(value) : value,
      ]);
      cache.retryRefused(operationId, completed(operation, Object.fromEntries(edits)));
    },
    stepAgain: (operationId) => steps.again(operationId, refused()),
    stepAsNote: (operationId, note) => steps.asNote(operationId, note, refused()),
    discard(operationId) {
      const operation = refused().find(({ id }) => id === operationId);
      const isStep = operation !== undefined && refusedStepOf(options, operation) !== null;
      if (isStep) steps.discard(operationId, refused());
      else cache.discardRefused(operationId);
    },
  };
}

function shortened(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.slice(0, shownLength) : value,
    ]),
  );
}

/** Of a list what is added and what goes, for people to read. */
function inWords(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (!isListChange(value)) return [name, value];
      const added = value.added.map((one) => `+ ${one}`);
      return [name, [...added, ...value.removed.map((one) => `− ${one.value}`)]];
    }),
  );
}

/** The server names the field before a colon: `subject: Too big`, `fields.subject: contains …`. */
function fieldNamed(message: string | null, fields: Record<string, unknown>): string | null {
  const name = /^(?:fields\.)?([\w-]+)[.:]/u.exec(message ?? '')?.[1];
  return name !== undefined && Object.hasOwn(fields, name) ? name : null;
}

import type { WrapUpDraft } from '#shared/contract/models/calls.ts';
import type { Call } from '#shared/domain/calls/call.ts';
import type { Configuration } from '#shared/domain/configuration.ts';
import { newId } from '#shared/domain/ids.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import type { Task } from '#shared/domain/task.ts';
import { type Language, normalizeText } from '#shared/domain/text/text.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import type { Cache, LocalChange } from '../../cache/cache.ts';
import type { Clock } from '../../core/providers.ts';
import { scriptAnswers } from './scriptAnswers.ts';

export interface WrapUpWords {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
  configuration(): Configuration | null;
  home(): HomeCountry;
  language(): Language;
}

export interface Concluded extends WrapUpWords {
  callId: string;
  call: Call;
  draft: WrapUpDraft;
  /** Opened on the call. */
  ticketIds: readonly string[];
  /** As the call bar has it; null: as the record has it. */
  customerName: string | null;
}

/** The records of a wrap-up that is saved for the first time: it, its line on the time line, its follow-up. */
export function conclusion(concluded: Concluded): LocalChange[] {
  const { callId, call, draft, user, cache, clock } = concluded;
  const now = clock.now();
  const title = titleOf(draft.dispositionId ?? '', concluded);
  const customerId = call.customerId ?? draft.customerId;
  const ticketIds = [...new Set([...concluded.ticketIds, ...draft.ticketIds])];
  const wrapUp = {
    ...usualFieldsOf('wrapUp'),
    callId,
    customerId,
    agentId: user.id,
    agentName: user.name,
    dispositionId: draft.dispositionId ?? '',
    result: draft.result ?? 'resolved',
    notes: draft.notes,
    followUpAt: draft.followUpAt,
    ticketIds,
    afterCallMs: Math.max(0, now - (call.endedAt ?? now)),
    savedAt: now,
    tags: cleanTags(draft.tags),
    script: scriptAnswers(cache, callId, concluded.language()),
  };
  const found = call.customerId === null && customerId !== null;
  const contact = { title, detail: draft.notes, outcome: draft.result };
  const changes: LocalChange[] = [
    { entity: 'wrapUp', id: callId, fields: wrapUp },
    { entity: 'contact', id: callId, fields: found ? { ...contact, customerId } : contact },
  ];
  if (found) changes.push({ entity: 'call', id: callId, fields: { customerId } });
  if (draft.followUpAt === null) return changes;
  const task = callBack(concluded, { title, customerId, ticketId: ticketIds[0] ?? null, now });
  return [
    ...changes,
    { entity: 'task', id: newId(), fields: { ...task, dueAt: draft.followUpAt } },
  ];
}

/** The call-back that a wrap-up promises. */
export function callBack(
  { callId, call, user, cache, customerName }: Concluded,
  about: { title: string; customerId: string | null; ticketId: string | null; now: number },
): Omit<Task, 'dueAt'> {
  const { title, customerId, ticketId, now } = about;
  return {
    ...usualFieldsOf('task'),
    kind: 'callBack',
    title,
    customerId,
    customerName: customerName ?? nameOf(cache, customerId),
    numberRaw: call.numberRaw || null,
    callId,
    ticketId,
    ownerId: user.id,
    ownerName: user.name,
    state: 'open',
    createdAt: now,
    queueId: call.queueId,
  };
}

function nameOf(cache: Cache, customerId: string | null): string | null {
  return customerId ? (cache.record('customer', customerId)?.name ?? null) : null;
}

/** Title of the time-line entry: the disposition's leaf, in the language of the organisation's home. */
export function titleOf(dispositionId: string, { configuration, home }: WrapUpWords): string {
  const found = configuration()?.dispositions.find((known) => known.id === dispositionId);
  const leaf = found?.path.at(-1);
  return (home().country === 'CN' ? leaf?.['zh-CN'] : leaf?.en) ?? dispositionId;
}

/** Tags as they are kept: no blanks around them, none twice. */
export function cleanTags(tags: readonly string[]): string[] {
  const clean = tags.map((tag) => normalizeText(tag).trim()).filter((tag) => tag !== '');
  return [...new Set(clean)].slice(0, 50);
}

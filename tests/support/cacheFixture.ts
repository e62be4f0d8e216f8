import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { Cache } from '#electron/cache/cache.ts';
import { type CacheOptions, openCache } from '#electron/cache/openCache.ts';
import type { Clock, Log } from '#electron/core/providers.ts';
import type { EntityName, FieldsOf } from '#shared/sync/entities.ts';
import type { Change } from '#shared/sync/messages.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';

export const testKey = '5a'.repeat(32);
export const testUserId = '01990000-0000-7000-8000-000000000001';

export const quietLog: Log = { info() {}, warn() {}, error() {} };

export const systemClock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'switchboard-cache-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function cacheOptions(folder: string, changes: Partial<CacheOptions> = {}): CacheOptions {
  return {
    file: join(folder, 'desk.db'),
    key: testKey,
    userId: testUserId,
    clock: systemClock,
    log: quietLog,
    ...changes,
  };
}

/** Opens a cache that must open. */
export async function openedCache(
  folder: string,
  changes: Partial<CacheOptions> = {},
): Promise<Cache> {
  const opened = await openCache(cacheOptions(folder, changes));
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  return opened.value;
}

export const newId = () => uuidv7();

/** A stamp of some other desk, `ms` UTC. */
export function stampAt(ms: number, device = 'otherdesk0'): string {
  return `${ms.toString(16).padStart(12, '0')}-0000-${device}`;
}

/** A record as the server would send it, every field under one stamp. */
export function changeOf<E extends EntityName>(
  entity: E,
  id: string,
  fields: FieldsOf<E>,
  { version = 1, stamp = stampAt(1_000), withdrawn = false } = {},
): Change {
  const clocks = Object.fromEntries(Object.keys(fields).map((name) => [name, stamp]));
  return { entity, id, version, fields, clocks, withdrawn };
}

export function customerFields(changes: Partial<FieldsOf<'customer'>> = {}): FieldsOf<'customer'> {
  return {
    no: null,
    kind: 'person',
    name: '张伟',
    valueClass: 'B',
    since: '2024-05-01',
    tags: [],
    profile: {},
    pinnedNote: null,
    createdAt: 1_700_000_000_000,
    createdBy: 'import',
    ...usualFieldsOf('customer'),
    ...changes,
  };
}

export function phoneFields(
  customerId: string,
  normal: string,
  changes: Partial<FieldsOf<'contactPoint'>> = {},
): FieldsOf<'contactPoint'> {
  return {
    customerId,
    kind: 'phone',
    label: 'mobile',
    raw: normal,
    normal,
    extension: null,
    preferred: true,
    verifiedOn: null,
    retired: false,
    ...usualFieldsOf('contactPoint'),
    ...changes,
  };
}

export function contactFields(
  customerId: string,
  at: number,
  changes: Partial<FieldsOf<'contact'>> = {},
): FieldsOf<'contact'> {
  return {
    customerId,
    kind: 'call',
    at,
    title: 'Delivery question',
    detail: '',
    agentId: null,
    agentName: null,
    queueId: null,
    direction: 'in',
    durationMs: 60_000,
    refId: null,
    outcome: null,
    ...changes,
  };
}

export function ticketFields(changes: Partial<FieldsOf<'ticket'>> = {}): FieldsOf<'ticket'> {
  return {
    no: null,
    type: 'inquiry',
    categoryId: null,
    priority: 'normal',
    state: 'registered',
    subject: 'Where is my parcel',
    description: '',
    customerId: null,
    callId: null,
    queueId: null,
    numberRaw: null,
    ownerId: testUserId,
    firstContactId: testUserId,
    firstContactName: 'Li Na',
    createdAt: 1_700_000_000_000,
    dueAt: null,
    closedAt: null,
    ...usualFieldsOf('ticket'),
    ...changes,
  };
}

export function taskFields(changes: Partial<FieldsOf<'task'>> = {}): FieldsOf<'task'> {
  return {
    kind: 'callBack',
    title: 'Call back',
    customerId: null,
    customerName: null,
    numberRaw: null,
    callId: null,
    ticketId: null,
    ownerId: testUserId,
    ownerName: 'Li Na',
    dueAt: 1_800_000_000_000,
    state: 'open',
    createdAt: 1_700_000_000_000,
    ...usualFieldsOf('task'),
    ...changes,
  };
}

export function callFields(changes: Partial<FieldsOf<'call'>> = {}): FieldsOf<'call'> {
  return {
    callRef: 'ref-1',
    direction: 'in',
    queueId: null,
    numberRaw: '13800138000',
    numberKey: '+8613800138000',
    callerName: null,
    customerId: null,
    agentId: testUserId,
    offeredAt: 1_700_000_000_000,
    answeredAt: 1_700_000_005_000,
    endedAt: 1_700_000_065_000,
    endedBy: 'customer',
    result: 'answered',
    waitedMs: 4000,
    heldMs: 0,
    report: null,
    transferredTo: null,
    transferredBy: null,
    recordingGaps: [],
    kind: 'customer',
    ...changes,
  };
}

export function wrapUpFields(
  callId: string,
  changes: Partial<FieldsOf<'wrapUp'>> = {},
): FieldsOf<'wrapUp'> {
  return {
    callId,
    customerId: null,
    agentId: testUserId,
    agentName: 'Li Na',
    dispositionId: 'delivery',
    result: 'resolved',
    notes: '',
    followUpAt: null,
    ticketIds: [],
    afterCallMs: 12_000,
    savedAt: 1_700_000_080_000,
    ...usualFieldsOf('wrapUp'),
    ...changes,
  };
}

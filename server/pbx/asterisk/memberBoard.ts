import type { Member, Membership, PbxEvent } from '../connector.ts';
import type { AmiMessage } from './amiMessages.ts';

interface Known {
  paused: boolean;
  reason: string | null;
  penalty: number;
}

/**
 * Members that queues.conf names cannot be taken out: they get this penalty, and the dial plan asks nobody from it on
 * (`QUEUE_MAX_PENALTY` in extensions.conf).
 */
export const outPenalty = 1_000;

/** Members of Asterisk's queues by extension, kept by its events; a difference is told once. */
export interface MemberBoard {
  /** An event of the class `agent`, or a `QueueMember` of QueueStatus. */
  event(message: AmiMessage): void;
  /** All members there are, as QueueStatus lists them. */
  replace(shown: AmiMessage[]): void;
  members(): Member[];
  memberships(): ReadonlyMap<string, Membership[]>;
  has(extension: string): boolean;
  hasQueue(queueId: string): boolean;
  /** Whether the queue knows it, also one that it asks no more. */
  isIn(extension: string, queueId: string): boolean;
  /** The interfaces under which an extension is a member, such as `PJSIP/2041`. */
  interfacesOf(extension: string): string[];
}

const ofMember = /^(?:PJSIP|SIP|Local)\/(\d{2,16})(?:[@/]|$)/u;

export function createMemberBoard(now: () => number, tell: (event: PbxEvent) => void): MemberBoard {
  let queues = new Map<string, Map<string, Known>>();
  let queueIds = new Set<string>();
  const interfaces = new Map<string, Set<string>>();
  const told = new Map<string, Member>();
  const toldQueues = new Map<string, Membership[]>();

  function asked(extension: string): [string, Known][] {
    return [...(queues.get(extension) ?? [])].filter(([, { penalty }]) => penalty < outPenalty);
  }

  function compare(extension: string): void {
    compareQueues(extension);
    const memberships = asked(extension).map(([, known]) => known);
    if (memberships.length === 0) {
      told.delete(extension);
      return;
    }
    const paused = memberships.every((one) => one.paused);
    const reason = paused ? (memberships.find((one) => one.reason)?.reason ?? null) : null;
    const before = told.get(extension);
    if (before?.paused === paused && before.reason === reason) return;
    const member = { extension, paused, reason, at: now() };
    told.set(extension, member);
    tell({ type: 'member', member });
  }

  function compareQueues(extension: string): void {
    const memberships = asked(extension)
      .map(([queueId, { penalty }]) => ({ queueId, penalty }))
      .toSorted((a, b) => (a.queueId < b.queueId ? -1 : 1));
    const before = toldQueues.get(extension) ?? [];
    if (areSame(before, memberships)) return;
    if (memberships.length === 0) toldQueues.delete(extension);
    else toldQueues.set(extension, memberships);
    tell({ type: 'memberships', extension, memberships, at: now() });
  }

  function take(message: AmiMessage): string | null {
    const address = message.get('interface') ?? message.get('location') ?? '';
    const extension = ofMember.exec(address)?.[1];
    const queue = message.get('queue');
    if (!extension || queue === undefined) return null;
    const known = interfaces.get(extension) ?? new Set();
    interfaces.set(extension, known.add(address));
    const memberships = queues.get(extension) ?? new Map<string, Known>();
    queues.set(extension, memberships);
    if (message.get('event') === 'QueueMemberRemoved') memberships.delete(queue);
    else {
      const paused = message.get('paused') === '1';
      const penalty = Number(message.get('penalty') ?? 0);
      memberships.set(queue, { paused, reason: message.get('pausedreason') || null, penalty });
    }
    return extension;
  }

  return {
    event(message) {
      if (!message.get('event')?.startsWith('QueueMember')) return;
      const extension = take(message);
      if (extension) compare(extension);
    },
    replace(shown) {
      const before = queues;
      queues = new Map();
      const params = shown.filter((message) => message.get('event') === 'QueueParams');
      queueIds = new Set(params.flatMap((message) => message.get('queue') ?? []));
      for (const message of shown) if (message.get('event') === 'QueueMember') take(message);
      for (const extension of new Set([...before.keys(), ...queues.keys()])) compare(extension);
    },
    members: () => [...told.values()],
    memberships: () => toldQueues,
    has: (extension) => asked(extension).length > 0,
    hasQueue: (queueId) => queueIds.has(queueId),
    isIn: (extension, queueId) => queues.get(extension)?.has(queueId) ?? false,
    interfacesOf: (extension) => [...(interfaces.get(extension) ?? [])],
  };
}

function areSame(a: Membership[], b: Membership[]): boolean {
  if (a.length !== b.length) return false;
  return a.every(({ queueId, penalty }, index) => {
    const other = b[index];
    return other?.queueId === queueId && other.penalty === penalty;
  });
}

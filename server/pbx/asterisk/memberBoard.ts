import type { Member, PbxEvent } from '../connector.ts';
import type { AmiMessage } from './amiMessages.ts';

interface Membership {
  paused: boolean;
  reason: string | null;
}

/** Members of Asterisk's queues by extension, kept by its events; a difference is told once. */
export interface MemberBoard {
  /** An event of the class `agent`, or a `QueueMember` of QueueStatus. */
  event(message: AmiMessage): void;
  /** All members there are, as QueueStatus lists them. */
  replace(shown: AmiMessage[]): void;
  members(): Member[];
  has(extension: string): boolean;
  /** The interfaces under which an extension is a member, such as `PJSIP/2041`. */
  interfacesOf(extension: string): string[];
}

const ofMember = /^(?:PJSIP|SIP|Local)\/(\d{2,16})(?:[@/]|$)/u;

export function createMemberBoard(now: () => number, tell: (event: PbxEvent) => void): MemberBoard {
  let queues = new Map<string, Map<string, Membership>>();
  const interfaces = new Map<string, Set<string>>();
  const told = new Map<string, Member>();

  function compare(extension: string): void {
    const memberships = [...(queues.get(extension)?.values() ?? [])];
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

  function take(message: AmiMessage): string | null {
    const address = message.get('interface') ?? message.get('location') ?? '';
    const extension = ofMember.exec(address)?.[1];
    const queue = message.get('queue');
    if (!extension || queue === undefined) return null;
    const known = interfaces.get(extension) ?? new Set();
    interfaces.set(extension, known.add(address));
    const memberships = queues.get(extension) ?? new Map<string, Membership>();
    queues.set(extension, memberships);
    if (message.get('event') === 'QueueMemberRemoved') memberships.delete(queue);
    else {
      const paused = message.get('paused') === '1';
      memberships.set(queue, { paused, reason: message.get('pausedreason') || null });
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
      for (const message of shown) if (message.get('event') === 'QueueMember') take(message);
      for (const extension of new Set([...before.keys(), ...queues.keys()])) compare(extension);
    },
    members: () => [...told.values()],
    has: (extension) => (queues.get(extension)?.size ?? 0) > 0,
    interfacesOf: (extension) => [...(interfaces.get(extension) ?? [])],
  };
}

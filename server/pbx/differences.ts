import type { Listener, LiveCall, Member, Membership, PbxEvent } from './connector.ts';

export interface PbxPicture {
  members: Member[];
  calls: LiveCall[];
  listeners: Listener[];
  memberships: ReadonlyMap<string, Membership[]>;
}

export interface Differences {
  /** Takes the whole picture of this moment, and tells what differs from the one before. */
  take(picture: PbxPicture, at: number): void;
  picture(): PbxPicture;
}

/** For a PBX that can be asked for all it holds: what is told follows from two pictures in a row. */
export function createDifferences(tell: (event: PbxEvent) => void): Differences {
  let members = new Map<string, Member>();
  let calls = new Map<string, LiveCall>();
  let listeners = new Map<string, Listener>();
  let memberships: ReadonlyMap<string, Membership[]> = new Map();

  function takeMembers(next: Member[]): void {
    const before = members;
    members = new Map(
      next.map((member) => {
        const told = before.get(member.extension);
        const same = told?.paused === member.paused && told.reason === member.reason;
        return [member.extension, same ? told : member];
      }),
    );
    for (const [extension, member] of members) {
      if (before.get(extension) !== member) tell({ type: 'member', member });
    }
  }

  function takeMemberships(next: ReadonlyMap<string, Membership[]>, at: number): void {
    const before = memberships;
    memberships = next;
    for (const extension of new Set([...before.keys(), ...next.keys()])) {
      const now = next.get(extension) ?? [];
      if (JSON.stringify(before.get(extension) ?? []) === JSON.stringify(now)) continue;
      tell({ type: 'memberships', extension, memberships: now, at });
    }
  }

  function takeCalls(next: LiveCall[], at: number): void {
    const before = calls;
    calls = new Map(
      next.map((call) => {
        const told = before.get(keyOf(call));
        const startedAt = told?.startedAt ?? call.startedAt;
        const answeredAt = told?.answeredAt ?? call.answeredAt;
        return [keyOf(call), { ...call, startedAt, answeredAt }];
      }),
    );
    for (const [key, call] of before) {
      if (!calls.has(key)) tell({ type: 'call', change: 'ended', call, at });
    }
    for (const [key, call] of calls) tellCall(before.get(key) ?? null, call, at);
  }

  function tellCall(before: LiveCall | null, call: LiveCall, at: number): void {
    if (!before) tell({ type: 'call', change: 'started', call, at });
    if (call.answeredAt !== null && (before?.answeredAt ?? null) === null) {
      tell({ type: 'call', change: 'answered', call, at });
    }
    if (call.recording !== (before?.recording ?? 'off')) tell({ type: 'recording', call, at });
  }

  function takeListeners(next: Listener[], at: number): void {
    const before = listeners;
    listeners = new Map(next.map((listener) => [listener.id, listener]));
    for (const [id, listener] of before) {
      if (!listeners.has(id)) tell({ type: 'listener', change: 'left', listener, at });
    }
    for (const [id, listener] of listeners) {
      const mode = before.get(id)?.mode;
      if (mode === undefined) tell({ type: 'listener', change: 'joined', listener, at });
      else if (mode !== listener.mode) {
        tell({ type: 'listener', change: 'changed', listener, at });
      }
    }
  }

  return {
    take(picture, at) {
      takeMembers(picture.members);
      takeMemberships(picture.memberships, at);
      takeCalls(picture.calls, at);
      takeListeners(picture.listeners, at);
    },
    picture: () => ({
      members: [...members.values()],
      calls: [...calls.values()],
      listeners: [...listeners.values()],
      memberships,
    }),
  };
}

function keyOf({ extension, callRef }: LiveCall): string {
  return `${extension} ${callRef}`;
}

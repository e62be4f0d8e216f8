import type { ListenMode } from '#shared/domain/calls/listening.ts';
import type { ConnectorStatus, PbxMessage, SignedInUser } from '#shared/sync/messages.ts';
import type { LiveHub } from '../live/liveHub.ts';
import type { Db } from '../store/store.ts';
import { findUserAt, readPhoneRules } from '../store/users.ts';
import type { LiveCall, Member, PbxConnector } from './connector.ts';

export interface AudienceOptions {
  db: Db;
  live: LiveHub;
  connector: PbxConnector | null;
  status(): ConnectorStatus;
}

/** Which desk is told what of the PBX. */
export interface Audience {
  member(member: Member): void;
  recording(call: LiveCall): void;
  /** Tells the agent of that call who of its listeners is to be seen now. */
  listeners(call: { agent: string; callRef: string }): Promise<void>;
  /** A desk holds nothing of what the PBX said for true while the line is down. */
  connection(): void;
}

/** The one who takes the most part is named. */
const rank: Record<ListenMode, number> = { listen: 0, whisper: 1, barge: 2 };

export function createAudience({ db, live, connector, status }: AudienceOptions): Audience {
  const at = (extension: string) => (user: SignedInUser) => user.extension === extension;

  /** Who barges in is heard, and so always seen; the others where the centre's rules say so. */
  async function listenerMessage(agent: string, callRef: string): Promise<PbxMessage> {
    const { agentIsTold } = (await readPhoneRules(db)).listening;
    const seen = (connector?.listeners() ?? [])
      .filter((one) => one.agent === agent && one.callRef === callRef)
      .filter(({ mode }) => agentIsTold || mode === 'barge')
      .toSorted((a, b) => rank[b.mode] - rank[a.mode])[0];
    if (!seen) return { type: 'listener', callRef, name: '', mode: null };
    const name = (await findUserAt(db, seen.supervisor))?.name ?? seen.supervisor;
    return { type: 'listener', callRef, name, mode: seen.mode };
  }

  /** All that a desk has to know when it comes, or comes back. */
  async function greet(user: SignedInUser, tell: (message: PbxMessage) => void): Promise<void> {
    tell({ type: 'connector', status: status() });
    const { extension } = user;
    if (!connector || extension === null || connector.status().state !== 'connected') return;
    const member = connector.members().find((one) => one.extension === extension);
    if (member) tell(memberMessage(member));
    for (const call of connector.calls().filter((one) => one.extension === extension)) {
      if (call.recording !== 'off') tell(recordingMessage(call));
      tell(await listenerMessage(extension, call.callRef));
    }
  }

  function tellMember(member: Member): void {
    live.tell(memberMessage(member), at(member.extension));
  }

  live.welcomed((user, tell) => {
    greet(user, tell).catch(() => {});
  });

  return {
    member: tellMember,
    recording: (call) => live.tell(recordingMessage(call), at(call.extension)),
    async listeners({ agent, callRef }) {
      live.tell(await listenerMessage(agent, callRef), at(agent));
    },
    connection() {
      const message: PbxMessage = { type: 'connector', status: status() };
      live.tell(message, () => true);
      // What was told before the line went down is not believed any more.
      if (connector?.status().state !== 'connected') return;
      for (const member of connector.members()) tellMember(member);
    },
  };
}

function memberMessage({ paused, reason, at }: Member): PbxMessage {
  return { type: 'pbx', paused, reason, at };
}

function recordingMessage({ callRef, recording }: LiveCall): PbxMessage {
  return { type: 'recording', callRef, state: recording };
}

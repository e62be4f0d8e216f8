import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import type { AuditAction, AuditEntry } from '#shared/domain/audit.ts';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { ConnectorStatus } from '#shared/sync/messages.ts';
import type { Caller } from '../accounts/accounts.ts';
import type { LiveHub } from '../live/liveHub.ts';
import { appendAudit } from '../store/audit.ts';
import type { Db } from '../store/store.ts';
import { findUser, findUserAt, type KnownUser } from '../store/users.ts';
import { createAudience } from './audience.ts';
import type { Listener, PbxConnector, PbxEvent, PbxLog, RecordingState } from './connector.ts';

export interface SupervisionOptions {
  db: Db;
  live: LiveHub;
  /** Null where the PBX has none. */
  connector: PbxConnector | null;
  now: () => number;
  log: PbxLog;
}

/**
 * What supervisors do to running calls: by permission, through the connector, each use written down before the PBX is
 * asked; a recording is paused and resumed by the agent, and that is taken back where it cannot be written down.
 * Every action fails with `connector-absent` where there is no line to the PBX, and `forbidden`.
 */
export interface Supervision {
  status(): ConnectorStatus;
  /** Codes: `not-found` (no such user), `not-in-call`, `phone-not-registered`, `pbx-refused`. */
  listen(caller: Caller, userId: string, mode: ListenMode): Promise<Result<null>>;
  stopListening(caller: Caller): Promise<Result<null>>;
  takeOver(caller: Caller, userId: string): Promise<Result<null>>;
  /** The caller's own call. Codes: `not-in-call`, `call-state` (not recorded). */
  record(caller: Caller, callRef: string, on: boolean): Promise<Result<RecordingState>>;
  /** Waits until what was heard so far is written down. */
  stop(): Promise<void>;
}

/** Namespace of the ids of entries that follow from what the PBX tells: told twice, written once. */
const namespace = '0d5b0a4e-2a52-4d0c-8f43-6a4f5a6d7c11';

type Noted = Partial<AuditEntry> & { action: AuditAction; agentName: string };

const absent = () => fail('connector-absent', 'the server has no line to the PBX');
const forbidden = () => fail('forbidden', 'this role may not listen in');

export function createSupervision(options: SupervisionOptions): Supervision {
  const { db, live, connector, now, log } = options;
  const startedAt = now();
  const status = (): ConnectorStatus =>
    connector?.status() ?? { state: 'absent', since: startedAt };
  const audience = createAudience({ db, live, connector, status });
  let digesting: Promise<void> = Promise.resolve();

  function note({ user, device }: Caller, noted: Noted): Promise<void> {
    return write({ userId: user.id, userName: user.name, device, ...noted });
  }

  async function write(noted: Noted & { userName: string }): Promise<void> {
    await appendAudit(db, {
      id: uuidv7(),
      at: now(),
      userId: null,
      device: null,
      agentId: null,
      callRef: null,
      mode: null,
      reason: null,
      ...noted,
    });
  }

  /** What the PBX says of listeners is written down also where nobody asked the server. */
  async function noteListener(
    action: 'listening.started' | 'listening.stopped',
    { id, supervisor, agent, callRef, mode, asked }: Listener,
    at: number,
  ): Promise<void> {
    // A channel that was dialled at the PBX may listen to several agents in turn.
    const listening = asked ? id : `${id} ${agent} ${callRef}`;
    const [who, whose] = [await findUserAt(db, supervisor), await findUserAt(db, agent)];
    await write({
      id: uuidv5(`${action} ${listening}`, namespace),
      at,
      action,
      userId: who?.id ?? null,
      userName: who?.name ?? supervisor,
      agentId: whose?.id ?? null,
      agentName: whose?.name ?? agent,
      callRef,
      mode,
    });
  }

  async function digest(event: PbxEvent): Promise<void> {
    switch (event.type) {
      case 'connection':
        return audience.connection();
      case 'member':
        return audience.member(event.member);
      case 'recording':
        return audience.recording(event.call);
      case 'listener':
        try {
          if (event.change === 'joined')
            await noteListener('listening.started', event.listener, event.at);
          if (event.change === 'left')
            await noteListener('listening.stopped', event.listener, event.at);
        } finally {
          await audience.listeners(event.listener);
        }
        return;
      default:
    }
  }

  const stopHearing = connector?.heard((event) => {
    digesting = digesting
      .then(() => digest(event))
      .catch((error: unknown) => {
        log('error', 'a PBX event was not digested', { type: event.type, reason: nameOf(error) });
      });
  });

  interface Asked {
    connector: PbxConnector;
    supervisor: string;
    agent: KnownUser & { extension: string };
  }

  /** Who asks what of whom, or why that cannot be. */
  async function asked({ user }: Caller, userId: string): Promise<Result<Asked>> {
    if (!mayDo(user.role, 'calls.listen')) return forbidden();
    if (!connector) return absent();
    if (user.extension === null) return fail('phone-not-registered', 'no phone of one’s own');
    const agent = await findUser(db, userId);
    if (!agent) return fail('not-found', 'no such user');
    const { extension } = agent;
    if (extension === null || extension === user.extension) {
      return fail('not-in-call', 'nobody to listen to');
    }
    return ok({ connector, supervisor: user.extension, agent: { ...agent, extension } });
  }

  return {
    status,
    async listen(caller, userId, mode) {
      const found = await asked(caller, userId);
      if (!found.ok) return found;
      const { connector: pbx, supervisor, agent } = found.value;
      const whose = { agentId: agent.id, agentName: agent.name, mode };
      const own = pbx.listeners().filter((one) => one.supervisor === supervisor);
      const running = own.find((one) => one.agent === agent.extension);
      if (running) {
        const { callRef } = running;
        if (running.mode === mode) return ok(null);
        await note(caller, { action: 'listening.changed', ...whose, callRef });
        return pbx.changeMode(running.id, mode);
      }
      await note(caller, { action: 'listening.asked', ...whose });
      for (const other of own) await pbx.stopListening(other.id);
      const request = { supervisor, agent: agent.extension, agentName: agent.name, mode };
      const done = await pbx.listen(request);
      if (done.ok) return ok(null);
      await note(caller, { action: 'listening.refused', ...whose, reason: done.error.code });
      return done;
    },
    async stopListening({ user }) {
      if (!mayDo(user.role, 'calls.listen')) return forbidden();
      if (!connector) return absent();
      for (const listener of connector.listeners()) {
        if (listener.supervisor !== user.extension) continue;
        const done = await connector.stopListening(listener.id);
        // It ended by itself meanwhile.
        if (!done.ok && done.error.code !== 'not-found') return done;
      }
      return ok(null);
    },
    async takeOver(caller, userId) {
      const found = await asked(caller, userId);
      if (!found.ok) return found;
      const { connector: pbx, supervisor, agent } = found.value;
      const whose = { agentId: agent.id, agentName: agent.name };
      await note(caller, { action: 'takeOver.asked', ...whose });
      const request = { supervisor, agent: agent.extension, agentName: agent.name };
      const done = await pbx.takeOver(request);
      if (done.ok) {
        await note(caller, { action: 'call.takenOver', ...whose, callRef: done.value.callRef });
        return ok(null);
      }
      await note(caller, { action: 'takeOver.refused', ...whose, reason: done.error.code });
      return done;
    },
    async record(caller, callRef, on) {
      const { user } = caller;
      if (!mayDo(user.role, 'calls.take')) return forbidden();
      if (!connector) return absent();
      if (user.extension === null) return fail('not-in-call', 'no phone of one’s own');
      const done = await connector.record(user.extension, callRef, on);
      if (!done.ok) return done;
      const action = on ? 'recording.resumed' : 'recording.paused';
      try {
        await note(caller, { action, agentId: user.id, agentName: user.name, callRef });
      } catch (error) {
        // What cannot be written down is not done.
        await connector.record(user.extension, callRef, !on);
        throw error;
      }
      return done;
    },
    async stop() {
      stopHearing?.();
      await digesting;
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

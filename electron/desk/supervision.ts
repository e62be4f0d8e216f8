import type { SupervisionView } from '#shared/contract/models/desk.ts';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { DeskError } from '#shared/result.ts';
import type { CentreMessage } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';
import type { EventHub } from '../core/events.ts';
import type { Clock, Log } from '../core/providers.ts';
import type { Handlers } from '../handler/handler.ts';
import type { Phone, PhoneEvent, PhoneLeg } from '../phone/phone.ts';
import { type SignedIn, unwrap } from '../session/session.ts';
import type { SupervisionPort } from '../sync/supervisionClient.ts';
import type { Sync } from '../sync/sync.ts';
import type { AgentService } from './agent.ts';
import type { RecordingPort } from './calls/centreWord.ts';
import type { CallService } from './calls.ts';

export interface SupervisionOptions {
  signedIn: Pick<SignedIn, 'user' | 'token'>;
  cache: Pick<Cache, 'team'>;
  sync: Pick<Sync, 'heard' | 'listen'>;
  phone: Phone;
  server: SupervisionPort;
  agent: Pick<AgentService, 'heardFromPbx'>;
  calls: Pick<CallService, 'list' | 'expectCall' | 'heardListener' | 'heardRecording'>;
  events: EventHub;
  clock: Clock;
  log: Log;
}

type TeamHandlers = Pick<
  Handlers,
  'team.listen' | 'team.stopListening' | 'team.takeOver' | 'team.audit'
>;

/** What the centre's line to the PBX does for this desk: who listens to it, and to whom it listens. */
export interface SupervisionService {
  view(): SupervisionView;
  handlers: TeamHandlers;
  /** Ends a listening of this desk. */
  stop(): void;
}

/** Asks the centre to pause and resume recordings. */
export function createRecordingPort(server: SupervisionPort, token: string): RecordingPort {
  return { set: (callRef, on) => server.record(token, callRef, on) };
}

interface Listening {
  userId: string;
  name: string;
  extension: string;
  mode: ListenMode;
  state: 'ringing' | 'on';
  since: number;
  /** The phone's leg by which the PBX lets this desk in. */
  leg: string | null;
}

export function createSupervision(options: SupervisionOptions): SupervisionService {
  const { signedIn, cache, sync, phone, server, agent, calls, events, clock, log } = options;
  const { user, token } = signedIn;
  let connector: SupervisionView['connector'] = { state: 'unknown', since: null };
  let listening: Listening | null = null;

  function view(): SupervisionView {
    if (!listening) return { connector, listening: null };
    const { userId, name, mode, state, since } = listening;
    return { connector, listening: { userId, name, mode, state, since } };
  }

  function tell(): void {
    if (mayDo(user.role, 'calls.listen')) events.emit('supervision.changed', view());
  }

  function become(next: Listening | null): void {
    listening = next;
    tell();
  }

  /** The call of this desk that the PBX means; where it has another name for it there, the only one there is. */
  function refHere(callRef: string): string {
    const live = calls.list().filter((call) => call.state !== 'ended');
    if (live.some((call) => call.callRef === callRef)) return callRef;
    return live.length === 1 && live[0] ? live[0].callRef : callRef;
  }

  function hear(message: CentreMessage): void {
    switch (message.type) {
      case 'listener': {
        const { callRef, name, mode } = message;
        calls.heardListener(refHere(callRef), mode && { name, mode });
        return;
      }
      case 'recording':
        calls.heardRecording(refHere(message.callRef), message.state);
        return;
      case 'pbx': {
        const { paused, reason, at } = message;
        agent.heardFromPbx({ paused, reason, at });
        return;
      }
      case 'connector':
        connector = message.status;
        // What was heard before may have changed unseen.
        if (connector.state !== 'connected') agent.heardFromPbx(null);
        tell();
    }
  }

  function onSync(state: string): void {
    if (state === 'online' || connector.state === 'unknown') return;
    connector = { state: 'unknown', since: null };
    agent.heardFromPbx(null);
    tell();
  }

  /** Taken without a question, so only where it was asked for: nobody opens a microphone from outside. */
  async function letIn(leg: PhoneLeg): Promise<void> {
    const wanted = listening;
    if (!wanted || wanted.leg !== null || wanted.extension !== leg.listening) {
      log.warn('a listening that nobody asked for was turned away');
      await phone.reject(leg.leg, 'decline');
      return;
    }
    become({ ...wanted, leg: leg.leg });
    const answered = await phone.answer(leg.leg);
    if (!answered.ok) {
      log.warn('a listening could not be taken', { code: answered.error.code });
      await phone.reject(leg.leg, 'decline');
      return;
    }
    await speakAs(leg.leg, wanted.mode);
  }

  /** Who only listens has a closed microphone, whatever the PBX does with the sound. */
  async function speakAs(leg: string, mode: ListenMode): Promise<void> {
    const muted = await phone.mute(leg, mode === 'listen');
    if (!muted.ok) log.info('the microphone was not switched', { code: muted.error.code });
  }

  function onPhone(event: PhoneEvent): void {
    if (event.type === 'status' || event.leg.listening === null) return;
    if (event.type === 'offered') {
      letIn(event.leg).catch((error: unknown) => {
        log.error('a listening could not be taken', { error: String(error) });
      });
    } else if (event.leg.state === 'ended' && listening?.leg === event.leg.leg) become(null);
  }

  function found(userId: string): { name: string; extension: string } {
    const colleague = cache.team(1).agents.find((one) => one.userId === userId);
    if (!colleague) throw new DeskError('not-found', 'no such colleague');
    const { name, extension } = colleague;
    if (extension === null) throw new DeskError('not-in-call', 'a colleague without a phone');
    return { name, extension };
  }

  function assertFree(): void {
    if (calls.list().some((call) => call.state !== 'ended')) {
      throw new DeskError('call-state', 'there is a call at this desk');
    }
  }

  async function begin(userId: string, mode: ListenMode): Promise<void> {
    assertFree();
    const { name, extension } = found(userId);
    const since = clock.now();
    const mine: Listening = { userId, name, extension, mode, state: 'ringing', since, leg: null };
    await leave();
    become(mine);
    const done = await server.listen(token, userId, mode);
    const isMine = listening?.userId === userId && listening.since === since;
    if (done.ok && listening && isMine) become({ ...listening, state: 'on', since: clock.now() });
    if (!done.ok && isMine) {
      await leave();
      become(null);
    }
    unwrap(done);
  }

  async function change(current: Listening, mode: ListenMode): Promise<void> {
    unwrap(await server.listen(token, current.userId, mode));
    if (listening?.leg !== current.leg || current.leg === null) return;
    become({ ...listening, mode });
    await speakAs(current.leg, mode);
  }

  /** By hanging up, which works with the centre away as well. */
  async function leave(): Promise<void> {
    const leg = listening?.leg;
    if (leg) await phone.hangUp(leg);
  }

  const stopHearing = sync.heard(hear);
  const stopSync = sync.listen(({ state }) => onSync(state));
  const stopPhone = phone.listen(onPhone);

  return {
    view,
    handlers: {
      async 'team.listen'({ userId, mode }) {
        const current = listening;
        if (current?.userId === userId && current.state === 'on') await change(current, mode);
        else await begin(userId, mode);
        return {};
      },
      async 'team.stopListening'() {
        const stopped = listening?.leg
          ? await leave().then(() => null)
          : await server.stopListening(token);
        // Whatever the centre says: from here on the PBX is not let in any more.
        become(null);
        if (stopped) unwrap(stopped);
        return {};
      },
      async 'team.takeOver'({ userId }) {
        assertFree();
        found(userId);
        calls.expectCall();
        unwrap(await server.takeOver(token, userId));
        return {};
      },
      'team.audit': async (page) => unwrap(await server.audit(token, page)),
    },
    stop() {
      stopHearing();
      stopSync();
      stopPhone();
      void leave();
    },
  };
}

import { v7 as uuidv7 } from 'uuid';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Listener, ListenRequest, PbxConnector, PbxTimes } from '../connector.ts';
import type { Told } from '../told.ts';
import type { AmiFields } from './amiLine.ts';
import type { AmiMessage } from './amiMessages.ts';
import type { ChannelBoard } from './channelBoard.ts';
import { type Channel, isOurs, listenId, takeOverId } from './channels.ts';

/** Contexts of the dial plan by which supervisors come in (resources/pbx/asterisk/extensions.conf). */
const listeningContext = 'switchboard-listening';
const takeOverContext = 'switchboard-take-over';

const blind = () => fail('connector-absent', 'the line to the PBX is down');
const notInCall = () => fail('not-in-call', 'this extension talks to nobody');

export interface SupervisorCallParts {
  board: ChannelBoard;
  told: Told;
  times: PbxTimes;
  isUp(): boolean;
  /** Success, or the PBX's own words. */
  act(action: string, fields: AmiFields): Promise<Result<null>>;
  /** The line may go down between two questions of one action. */
  whileUp<T>(work: () => Promise<Result<T>>): Promise<Result<T>>;
  variable(channel: Channel, name: string): Promise<string>;
  /** A supervisor's channel is going to take the caller of a desk's channel. */
  takesOver(uniqueId: string, deskUniqueId: string): void;
  /** All answers to it, of which the last says what came of it. */
  originate(fields: AmiFields): Promise<AmiMessage[]>;
}

export interface SupervisorCalls
  extends Pick<PbxConnector, 'listen' | 'changeMode' | 'stopListening' | 'takeOver'> {
  /** Every event, after the board took it. */
  event(message: AmiMessage): void;
}

/** Supervisors come into calls: their desks are rung, and led to a place of the dial plan. */
export function createSupervisorCalls({
  board,
  told,
  times,
  isUp,
  act,
  whileUp,
  variable,
  originate,
  takesOver,
}: SupervisorCallParts): SupervisorCalls {
  /** Desks of supervisors that rang at our request, by the id of their channel. */
  const rang = new Set<string>();

  /** Calls the supervisor's desk and leads it to a place of the dial plan; resolves when it was answered or not. */
  async function ring(of: {
    extension: string;
    id: string;
    caller: { number: string; name: string };
    headers: Record<string, string>;
    variables?: Record<string, string>;
    to: { context: string; exten: string };
  }): Promise<Result<AmiMessage>> {
    if (!isUp()) return blind();
    const headers = { ...of.headers, 'Alert-Info': '<sip:pbx.invalid>;info=alert-autoanswer' };
    const fields: AmiFields = [
      ['Channel', `PJSIP/${of.extension}`],
      ['ChannelId', of.id],
      ['Context', of.to.context],
      ['Exten', of.to.exten],
      ['Priority', '1'],
      ['Timeout', String(times.ringMs)],
      ['CallerID', `"${plain(of.caller.name)}" <${plain(of.caller.number)}>`],
      ...Object.entries(of.variables ?? {}).map(
        ([name, value]) => ['Variable', `${name}=${value}`] as const,
      ),
      ...Object.entries(headers).map(
        ([name, value]) => ['Variable', `PJSIP_HEADER(add,${name})=${value}`] as const,
      ),
      ['Async', 'true'],
    ];
    return whileUp(async () => {
      const last = (await originate(fields)).at(-1);
      const didRing = rang.delete(of.id);
      if (last?.get('response') === 'Success') return ok(last);
      if (didRing) return fail('pbx-refused', 'the desk was not answered');
      return fail('phone-not-registered', 'the desk cannot be rung');
    });
  }

  async function listen(request: ListenRequest): Promise<Result<Listener>> {
    if (!isUp()) return blind();
    const on = board.talkingChannel(request.agent);
    if (!on) return notInCall();
    const id = listenId(uuidv7());
    const joined = told.next(
      (event) => (event.type === 'listener' && event.listener.id === id ? event : null),
      times.ringMs + times.answerMs,
    );
    const rung = await ring({
      extension: request.supervisor,
      id,
      caller: { number: request.agent, name: request.agentName },
      headers: { 'X-Listen': request.agent, 'X-Call-Ref': id },
      variables: { LISTEN_TO: on.name },
      to: { context: listeningContext, exten: request.mode },
    });
    if (!rung.ok) return rung;
    const event = await joined;
    if (event?.change === 'joined') return ok(event.listener);
    return isUp() ? notInCall() : blind();
  }

  /** The supervisor's desk first: where it does not come, nothing has happened to the call. */
  async function takeOver({
    supervisor,
    agent,
  }: Omit<ListenRequest, 'mode'>): Promise<Result<{ callRef: string }>> {
    if (!isUp()) return blind();
    const own = board.talkingChannel(agent);
    const caller = own && board.partnerOf(own);
    if (!own || !caller) return notInCall();
    const { callRef } = own;
    for (const listener of board.listeners()) {
      if (listener.supervisor === supervisor) await stopListening(listener.id);
    }
    const queue = await variable(caller, 'QUEUE_ID');
    const id = takeOverId(uuidv7());
    const rung = await ring({
      extension: supervisor,
      id,
      caller: caller.caller,
      headers: {
        'X-Call-Ref': callRef,
        'X-Transferred-By': agent,
        ...(queue ? { 'X-Queue': queue } : {}),
      },
      to: { context: takeOverContext, exten: 'wait' },
    });
    if (!rung.ok) return rung;
    const waiting = rung.value.get('channel') ?? '';
    takesOver(id, own.uniqueId);
    const led = await lead(caller, waiting);
    if (led.ok) return ok({ callRef });
    await act('Hangup', [['Channel', waiting]]);
    return led;
  }

  /** Joins the caller with the channel that waits for it; the agent's part ends with that. */
  async function lead(caller: Channel, waiting: string): Promise<Result<null>> {
    const named = await act('Setvar', [
      ['Channel', caller.name],
      ['Variable', 'TAKEN_BY'],
      ['Value', waiting],
    ]);
    if (!named.ok) return named;
    return act('Redirect', [
      ['Channel', caller.name],
      ['Context', takeOverContext],
      ['Exten', 'join'],
      ['Priority', '1'],
    ]);
  }

  async function stopListening(id: string): Promise<Result<null>> {
    const channel = board.listeningChannel(id);
    if (!channel) return fail('not-found', 'nobody listens under this id');
    return act('Hangup', [['Channel', channel.name]]);
  }

  return {
    event(message) {
      const id = message.get('uniqueid') ?? '';
      if (message.get('channelstatedesc') === 'Ringing' && isOurs(id)) rang.add(id);
    },
    listen,
    async changeMode(id, mode: ListenMode) {
      const channel = board.listeningChannel(id);
      if (!channel) return fail('not-found', 'nobody listens under this id');
      return act('Redirect', [
        ['Channel', channel.name],
        ['Context', listeningContext],
        ['Exten', mode],
        ['Priority', '1'],
      ]);
    },
    stopListening,
    takeOver,
  };
}

/** Nothing that would end a quoted name or an address. */
function plain(text: string): string {
  return text.replace(/["\\<>,]/gu, '');
}

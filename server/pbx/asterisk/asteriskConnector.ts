import { v7 as uuidv7 } from 'uuid';
import type { ListenMode } from '#shared/domain/calls/listening.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { ConnectorStatus } from '#shared/sync/messages.ts';
import {
  type Listener,
  type ListenRequest,
  type PbxConnector,
  type PbxSurroundings,
  type RecordingState,
  usualPbxTimes,
} from '../connector.ts';
import { createLedger } from '../ledger.ts';
import { createTold } from '../told.ts';
import { type AmiAccount, AmiDownError, type AmiFields, createAmiLine } from './amiLine.ts';
import type { AmiMessage } from './amiMessages.ts';
import { createChannelBoard } from './channelBoard.ts';
import { type Channel, isOurs, listenId, takeOverId } from './channels.ts';
import { createJourneys } from './journeys.ts';
import { createMemberBoard } from './memberBoard.ts';
import { presentState } from './presentState.ts';
import { createQueueActions } from './queueActions.ts';

/** Contexts of the dial plan by which supervisors come in (resources/pbx/asterisk/extensions.conf). */
const listeningContext = 'switchboard-listening';
const takeOverContext = 'switchboard-take-over';

const blind = () => fail('connector-absent', 'the line to the PBX is down');
const notInCall = () => fail('not-in-call', 'this extension talks to nobody');

/**
 * Asterisk by its Manager Interface, with an account that may read the classes `agent` and `call` and write `agent`,
 * `call`, `originate` and `reporting`. After every login the members and channels of that moment are asked for, and
 * what differs from what was told is told.
 */
export function createAsteriskConnector(
  account: AmiAccount,
  surroundings: PbxSurroundings,
): PbxConnector {
  const { now, log, times = usualPbxTimes } = surroundings;
  const told = createTold((error) => log('error', 'a PBX event was not digested', reason(error)));
  const members = createMemberBoard(now, told.tell);
  const board = createChannelBoard(now, told.tell);
  const ledger = createLedger((event) => told.tell({ type: 'happened', event }));
  const journeys = createJourneys(board, ledger, now, { dialled: nameForDesk, alias: tellAlias });
  let wasUp = false;
  let status: ConnectorStatus = { state: 'blind', since: now() };
  /** Desks of supervisors that rang at our request, by the id of their channel. */
  const rang = new Set<string>();
  /** Events since the login, while the lists of the present state are on their way. */
  let held: AmiMessage[] | null = null;

  const line = createAmiLine(account, surroundings, {
    up() {
      held = [];
      return catchUp(held);
    },
    down: () => {
      held = null;
      become('blind');
      told.gone();
    },
    event(message) {
      if (held) held.push(message);
      else digest(message);
    },
  });

  function become(state: 'connected' | 'blind'): void {
    if (status.state === state) return;
    status = { state, since: now() };
    told.tell({ type: 'connection', status });
  }

  function digest(message: AmiMessage, isLate = false): void {
    members.event(message);
    board.event(message);
    journeys.event(message, isLate);
    const id = message.get('uniqueid') ?? '';
    if (message.get('channelstatedesc') === 'Ringing' && isOurs(id)) rang.add(id);
  }

  async function catchUp(mine: AmiMessage[]): Promise<void> {
    const queues = await line.askAll('QueueStatus', 'QueueStatusComplete');
    const shown = await line.askAll('CoreShowChannels', 'CoreShowChannelsComplete');
    for (const [list, name] of [
      [queues, 'QueueStatus'],
      [shown, 'CoreShowChannels'],
    ] as const) {
      if (list[0]?.get('response') === 'Error') throw new Error(`${name} is not permitted`);
    }
    const recordings = await recordingsOf(shown);
    if (held !== mine) return;
    held = null;
    members.replace(queues);
    board.replace(shown, recordings);
    replay({ queues, shown });
    for (const message of mine) digest(message, true);
    become('connected');
    log('info', 'the line to the PBX stands');
  }

  /** What is there is compared with what was told: nothing counts twice, and nothing stays open for ever. */
  function replay(lists: { queues: AmiMessage[]; shown: AmiMessage[] }): void {
    journeys.forgetGone();
    const lostAt = wasUp ? status.since : null;
    wasUp = true;
    ledger.present(presentState(lists, { board, journeys, now }), lostAt ?? 0);
    const { entries, parts } = ledger.open();
    const waiting = entries.map(({ callRef, queueId }) => ({ callRef, queueId }));
    const desks = parts.map(({ callRef, extension }) => ({ callRef, extension }));
    told.tell({ type: 'present', waiting, parts: desks, lostAt, at: now() });
  }

  function tellAlias(extension: string, callRef: string, deskRef: string): void {
    told.tell({ type: 'alias', extension, callRef, deskRef });
  }

  /** A desk knows the call that it dialled by the Call-ID of its own INVITE. */
  function nameForDesk(channel: Channel): void {
    variable(channel, 'CHANNEL(pjsip,call-id)').then(
      (deskRef) => {
        if (deskRef !== '') tellAlias(channel.extension ?? '', channel.callRef, deskRef);
      },
      // The line is down, or the call was over before: it goes by the extension.
      () => undefined,
    );
  }

  /** Recording is not listed: channels that were not known before are asked whether MixMonitor has a file. */
  async function recordingsOf(shown: AmiMessage[]): Promise<Map<string, RecordingState>> {
    const recordings = new Map<string, RecordingState>();
    for (const message of shown) {
      const uniqueId = message.get('uniqueid');
      if (!uniqueId || board.channel(uniqueId)) continue;
      const answer = await line.ask('Getvar', [
        ['Channel', message.get('channel') ?? ''],
        ['Variable', 'MIXMONITOR_FILENAME'],
      ]);
      if (answer.get('value')) recordings.set(uniqueId, 'on');
    }
    return recordings;
  }

  /** Success, or the PBX's own words. */
  async function act(action: string, fields: AmiFields): Promise<Result<null>> {
    if (status.state !== 'connected') return blind();
    return whileUp(async () => {
      const answer = await line.ask(action, fields);
      if (answer.get('response') === 'Success') return ok(null);
      const words = answer.get('message') ?? '';
      log('warn', 'the PBX refused an action', { action, words });
      return fail('pbx-refused', words);
    });
  }

  /** Calls the supervisor's desk and leads it to a place of the dial plan; resolves when it was answered or not. */
  async function ring(of: {
    extension: string;
    id: string;
    caller: { number: string; name: string };
    headers: Record<string, string>;
    variables?: Record<string, string>;
    to: { context: string; exten: string };
  }): Promise<Result<AmiMessage>> {
    if (status.state !== 'connected') return blind();
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
      const last = (await line.askAll('Originate', 'OriginateResponse', fields)).at(-1);
      const didRing = rang.delete(of.id);
      if (last?.get('response') === 'Success') return ok(last);
      if (didRing) return fail('pbx-refused', 'the desk was not answered');
      return fail('phone-not-registered', 'the desk cannot be rung');
    });
  }

  async function listen(request: ListenRequest): Promise<Result<Listener>> {
    if (status.state !== 'connected') return blind();
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
    return status.state === 'connected' ? notInCall() : blind();
  }

  async function variable(channel: Channel, name: string): Promise<string> {
    const answer = await line.ask('Getvar', [
      ['Channel', channel.name],
      ['Variable', name],
    ]);
    return answer.get('value') ?? '';
  }

  /** The supervisor's desk first: where it does not come, nothing has happened to the call. */
  async function takeOver({
    supervisor,
    agent,
  }: Omit<ListenRequest, 'mode'>): Promise<Result<{ callRef: string }>> {
    if (status.state !== 'connected') return blind();
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

  /** The line may go down between two questions of one action. */
  async function whileUp<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof AmiDownError) return blind();
      throw error;
    }
  }

  async function stopListening(id: string): Promise<Result<null>> {
    const channel = board.listeningChannel(id);
    if (!channel) return fail('not-found', 'nobody listens under this id');
    return act('Hangup', [['Channel', channel.name]]);
  }

  const isUp = () => status.state === 'connected';

  return {
    ...createQueueActions({ members, board, act, isUp }),
    start: () => line.start(),
    async stop() {
      told.gone();
      await line.stop();
    },
    status: () => status,
    members: members.members,
    calls: board.calls,
    listeners: board.listeners,
    heard: told.heard,
    async pause(extension, why) {
      if (status.state !== 'connected') return blind();
      const interfaces = members.interfacesOf(extension);
      if (!members.has(extension)) return fail('not-found', 'no member of any queue');
      for (const address of interfaces) {
        const done = await act('QueuePause', [
          ['Interface', address],
          ['Paused', why === null ? 'false' : 'true'],
          ...(why === null ? [] : [['Reason', why] as const]),
        ]);
        if (!done.ok) return done;
      }
      return ok(null);
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
    takeOver: (request) => whileUp(() => takeOver(request)),
    async record(extension, callRef, on) {
      if (status.state !== 'connected') return blind();
      const channel = board.channelOf(extension, callRef) ?? board.talkingChannel(extension);
      if (!channel) return notInCall();
      const recorded = board.recordedChannel(channel);
      if (!recorded) return fail('call-state', 'this call is not recorded');
      const done = await act('MixMonitorMute', [
        ['Channel', recorded.name],
        ['Direction', 'both'],
        ['State', on ? '0' : '1'],
      ]);
      return done.ok ? ok(on ? 'on' : 'paused') : done;
    },
  };
}

/** Nothing that would end a quoted name or an address. */
function plain(text: string): string {
  return text.replace(/["\\<>,]/gu, '');
}

function reason(error: unknown): { reason: string } {
  return { reason: error instanceof Error ? error.message : String(error) };
}

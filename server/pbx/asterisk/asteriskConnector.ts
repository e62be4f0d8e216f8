import { fail, ok, type Result } from '#shared/result.ts';
import type { ConnectorStatus } from '#shared/sync/messages.ts';
import {
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
import type { Channel } from './channels.ts';
import { createJourneys } from './journeys.ts';
import { createMemberBoard } from './memberBoard.ts';
import { presentState } from './presentState.ts';
import { createQueueActions } from './queueActions.ts';
import { createSupervisorCalls } from './supervisorCalls.ts';

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
  const isUp = () => status.state === 'connected';
  let wasUp = false;
  let status: ConnectorStatus = { state: 'blind', since: now() };
  /** Events since the login, while the lists of the present state are on their way. */
  let held: AmiMessage[] | null = null;

  const supervisors = createSupervisorCalls({
    ...{ board, told, times, isUp, act, whileUp, variable },
    originate: (fields) => line.askAll('Originate', 'OriginateResponse', fields),
    takesOver: journeys.takesOver,
  });

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
    supervisors.event(message);
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
    const present = presentState(lists, { board, journeys, now });
    const before = new Set(ledger.open().parts.map(({ key }) => key));
    ledger.present(present, lostAt ?? 0);
    for (const { key, began } of present.parts) {
      const channel = began === 'dialled' && !before.has(key) ? board.channel(key) : null;
      if (channel) nameForDesk(channel);
    }
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

  async function variable(channel: Channel, name: string): Promise<string> {
    const answer = await line.ask('Getvar', [
      ['Channel', channel.name],
      ['Variable', name],
    ]);
    return answer.get('value') ?? '';
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
    listen: supervisors.listen,
    changeMode: supervisors.changeMode,
    stopListening: supervisors.stopListening,
    takeOver: (request) => whileUp(() => supervisors.takeOver(request)),
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

function reason(error: unknown): { reason: string } {
  return { reason: error instanceof Error ? error.message : String(error) };
}

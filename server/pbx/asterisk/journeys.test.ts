import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Happening } from '../connector.ts';
import { createLedger } from '../ledger.ts';
import { type AmiMessage, createAmiReader } from './amiMessages.ts';
import { createChannelBoard } from './channelBoard.ts';
import { createJourneys } from './journeys.ts';

/** What a real Asterisk 22 said of one call each, without the headers that nobody reads. */
function recorded(name: string): AmiMessage[] {
  const file = new URL(`../../../tests/support/amiRecordings/${name}.txt`, import.meta.url);
  return messagesOf(readFileSync(file));
}

function messagesOf(bytes: Buffer): AmiMessage[] {
  const messages: AmiMessage[] = [];
  createAmiReader((message) => messages.push(message))(bytes);
  return messages;
}

/** What is told of a stream of events, in short; calls are numbered in the order in which they are named. */
function toldOf(messages: AmiMessage[], takesOver?: { by: string; from: string }) {
  const told: Happening[] = [];
  const dialled: string[] = [];
  let at = 0;
  const board = createChannelBoard(
    () => at,
    () => {},
  );
  const ledger = createLedger((event) => told.push(event));
  const journeys = createJourneys(board, ledger, () => at, {
    dialled: ({ name }) => dialled.push(name),
    alias: () => {},
  });
  if (takesOver) journeys.takesOver(takesOver.by, takesOver.from);
  for (const message of messages) {
    at += 1;
    board.event(message);
    journeys.event(message);
  }
  const refs = [...new Set(told.map(({ callRef }) => callRef))];
  const words = told.map((event) => {
    const { name, callRef } = event;
    const detail = [
      'extension' in event ? event.extension : null,
      'queueId' in event ? event.queueId : null,
      'how' in event ? event.how : null,
      'called' in event ? event.called : null,
      'to' in event ? event.to : null,
      'by' in event ? `by ${event.by}` : null,
    ];
    return [refs.indexOf(callRef) + 1, name, ...detail].filter((word) => word !== null).join(' ');
  });
  return { words, open: ledger.open(), told, dialled };
}

const answered = [
  '1 queue.entered service',
  '1 agent.offered 2041 service',
  '1 agent.answered 2041 service',
];
const waited = answered.slice(0, 2);

const table: [string, string[]][] = [
  ['callerHangsUp', [...answered, '1 agent.left 2041 by customer']],
  ['agentHangsUp', [...answered, '1 agent.left 2041 by agent']],
  ['abandoned', ['1 queue.entered service', '1 queue.left service abandoned']],
  [
    'abandonedRinging',
    [...waited, '1 agent.notAnswered 2041 service withdrawn', '1 queue.left service abandoned'],
  ],
  [
    'rejected',
    [...waited, '1 agent.notAnswered 2041 service rejected', '1 queue.left service abandoned'],
  ],
  [
    'busy',
    [...waited, '1 agent.notAnswered 2041 service rejected', '1 queue.left service abandoned'],
  ],
  [
    'ringsOut',
    [...waited, '1 agent.notAnswered 2041 service noAnswer', '1 queue.left service abandoned'],
  ],
  [
    'ringsAll',
    [
      '1 queue.entered complaints',
      '1 agent.offered 2041 complaints',
      '1 agent.offered 2042 complaints',
      '1 agent.notAnswered 2042 complaints withdrawn',
      '1 agent.answered 2041 complaints',
      '1 agent.left 2041 by customer',
    ],
  ],
  // The desk took its call with a new channel: it is the same part.
  ['newChannel', [...answered, '1 agent.left 2041 by customer']],
  [
    'blindToColleague',
    [
      ...answered,
      '1 agent.transferred 2041 2042',
      '1 agent.left 2041 by agent',
      '1 agent.offered 2042',
      '1 agent.answered 2042',
      '1 agent.left 2042 by agent',
    ],
  ],
  [
    'blindToQueue',
    [
      ...answered,
      '1 agent.transferred 2041 complaints',
      '1 queue.entered complaints',
      '1 agent.left 2041 by agent',
      '1 agent.offered 2042 complaints',
      '1 agent.answered 2042 complaints',
      '1 agent.left 2042 by agent',
    ],
  ],
  [
    'blindComesBack',
    [
      ...answered,
      '1 agent.transferred 2041 2042',
      '1 agent.left 2041 by agent',
      '1 agent.offered 2041',
      '1 agent.notAnswered 2041 rejected',
      '1 queue.entered service',
      '1 queue.left service abandoned',
    ],
  ],
  [
    'warm',
    [
      ...answered,
      '1 agent.held 2041',
      '2 agent.dialled 2041 2042',
      '2 agent.offered 2042',
      '2 agent.answered 2042',
      '2 agent.answered 2041',
      '1 agent.resumed 2041',
      '1 agent.transferred 2041 2042',
      '1 agent.left 2041 by agent',
      '2 agent.left 2041 by agent',
      '2 agent.left 2042 by customer',
    ],
  ],
  [
    'warmByQueue',
    [
      ...answered,
      '1 agent.held 2041',
      '2 agent.dialled 2041 complaints',
      '2 queue.entered complaints',
      '2 agent.offered 2042 complaints',
      '2 agent.answered 2042 complaints',
      '2 agent.answered 2041',
      '1 agent.resumed 2041',
      '1 agent.transferred 2041 complaints',
      '1 agent.left 2041 by agent',
      '2 agent.left 2041 by agent',
      '2 agent.left 2042 by customer',
    ],
  ],
  [
    'dialsColleague',
    [
      '1 agent.dialled 2041 2042',
      '1 agent.offered 2042',
      '1 agent.answered 2042',
      '1 agent.answered 2041',
      '1 agent.left 2042 by customer',
      '1 agent.left 2041 by agent',
    ],
  ],
  [
    'dialledBusy',
    [
      '1 agent.dialled 2041 2042',
      '1 agent.offered 2042',
      '1 agent.notAnswered 2042 rejected',
      '1 agent.left 2041 by customer',
    ],
  ],
  [
    'dialGivenUp',
    [
      '1 agent.dialled 2041 2042',
      '1 agent.offered 2042',
      '1 agent.notAnswered 2042 withdrawn',
      '1 agent.left 2041 by agent',
    ],
  ],
  [
    'dialsOutside',
    ['1 agent.dialled 2041 +8613900139000', '1 agent.answered 2041', '1 agent.left 2041 by agent'],
  ],
];

describe('what Asterisk said of a call', () => {
  test.each(table)('%s', (name, expected) => {
    const { words, open, told } = toldOf(recorded(name));
    expect(words).toEqual(expected);
    expect(open).toEqual({ entries: [], parts: [] });
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });

  test.each(table)('%s, every event heard twice', (name, expected) => {
    const doubled = recorded(name).flatMap((message) => [message, message]);
    const { words } = toldOf(doubled.filter((one, at) => at % 2 === 0 || !isEntry(one)));
    expect(words).toEqual(expected);
  });

  test('the desk’s own name of a call is asked for once for each that it dialled', () => {
    expect(toldOf(recorded('warm')).dialled).toHaveLength(1);
    expect(toldOf(recorded('ringsAll')).dialled).toEqual([]);
  });
});

/** A caller who enters the same queue twice does so twice. */
function isEntry(message: AmiMessage): boolean {
  return message.get('event') === 'QueueCallerJoin';
}

describe('a supervisor who takes a call over', () => {
  const from = '1795364495.4';
  const by = 'take-over-1-2147483647.1';
  const desk = ['Channel: PJSIP/2041-00000003', `Uniqueid: ${from}`];
  const caller = ['Channel: PJSIP/trunk-00000002', 'Uniqueid: 1795364495.3'];
  const supervisor = ['Channel: PJSIP/2061-00000009', `Uniqueid: ${by}`];
  const event = (name: string, ...lines: string[]) =>
    [`Event: ${name}`, ...lines, '', ''].join('\r\n');
  const talks = recorded('agentHangsUp');
  const begun = talks.slice(
    0,
    talks.findIndex((one) => one.get('event') === 'HangupRequest'),
  );
  const comes = event('Newchannel', ...supervisor, `Linkedid: ${by}`, 'ChannelStateDesc: Up');
  const ends = event('Hangup', ...desk);
  const joins = [supervisor, caller].map((who) =>
    event('BridgeEnter', ...who, 'BridgeUniqueid: b2'),
  );

  // Asterisk does both at the same time.
  test.each([
    { first: 'the desk ends', stream: [comes, ends, ...joins] },
    { first: 'the caller is joined', stream: [comes, ...joins, ends] },
  ])('has the call behind the desk, where $first first', ({ stream }) => {
    const taken = messagesOf(Buffer.from(stream.join('')));
    expect(toldOf([...begun, ...taken], { by, from }).words).toEqual([
      ...answered,
      '1 agent.left 2041 by system',
      '1 agent.answered 2061',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import type { Role } from '../permissions.ts';
import type { HelpRequest } from './helpRequest.ts';
import { refusalOfHelpChange, refusalOfNewHelp } from './helpSteps.ts';
import { type Colleague, helpersOf, mayIntervene, maySendTo } from './mayIntervene.ts';
import type { Message } from './message.ts';
import { refusalOfMessageChange, refusalOfNewMessage } from './messageSteps.ts';

const person = (id: string, role: Role, teamId: string | null = 'east'): Colleague => ({
  id,
  role,
  teamId,
});
const agent = person('agent', 'agent');
const supervisor = person('supervisor', 'supervisor');

describe('who may do what to whom', () => {
  const rows: [actor: Role, target: Role, intervene: boolean, send: boolean][] = [
    ['agent', 'agent', false, false],
    ['quality', 'agent', false, false],
    ['supervisor', 'agent', true, true],
    ['supervisor', 'supervisor', true, true],
    ['supervisor', 'quality', true, true],
    ['supervisor', 'administrator', false, true],
    ['administrator', 'agent', true, true],
    ['administrator', 'administrator', true, true],
  ];
  test.each(rows)('%s about %s: intervene %s, send %s', (actor, target, intervene, send) => {
    const [one, other] = [person('one', actor), person('other', target, 'west')];
    expect(mayIntervene(one, other)).toBe(intervene);
    expect(maySendTo(one, other)).toBe(send);
  });

  test('nobody about themselves', () => {
    expect(mayIntervene(supervisor, supervisor)).toBe(false);
    expect(maySendTo(supervisor, supervisor)).toBe(false);
  });

  test('help is asked of those of the own team; of all where it has none', () => {
    const west = person('west', 'supervisor', 'west');
    const people = [agent, supervisor, west, person('quality', 'quality')];
    expect(helpersOf(agent, people)).toEqual([supervisor]);
    expect(helpersOf({ id: 'agent', teamId: 'north' }, people)).toEqual([supervisor, west]);
    expect(helpersOf({ id: 'agent', teamId: null }, people)).toEqual([supervisor, west]);
  });
});

const open: HelpRequest = {
  ...{ agentId: 'agent', agentName: 'Agent', teamId: 'east', askedAt: 1, note: '' },
  ...{ callId: null, callRef: null, queueId: null, customerName: null },
  ...{ state: 'open', answer: null, answeredById: null, answeredByName: null, answeredAt: null },
  closedAt: null,
};
const answered: HelpRequest = {
  ...open,
  ...{ state: 'answered', answer: 'onMyWay', answeredById: 'supervisor', answeredAt: 2 },
};
const withdrawn: HelpRequest = { ...open, state: 'withdrawn', closedAt: 3 };
const answer = (id: string) => ({ state: 'answered', answer: 'listen', answeredById: id });
const end = (state: string) => ({ state, closedAt: 9 });

describe('requests for help', () => {
  test('are made by the agent, untouched', () => {
    expect(refusalOfNewHelp(agent, open)).toBeNull();
    expect(refusalOfNewHelp(supervisor, open)).toBe('forbidden');
    expect(refusalOfNewHelp(agent, answered)).toBe('state-not-allowed');
    expect(refusalOfNewHelp(agent, { ...open, closedAt: 4 })).toBe('state-not-allowed');
  });

  const other = person('other', 'supervisor');
  const rows: [string, Colleague, HelpRequest, Record<string, unknown>, string | null][] = [
    ['the agent withdraws', agent, open, end('withdrawn'), null],
    ['the agent ends what was answered', agent, answered, end('over'), null],
    ['the agent answers', agent, open, answer('agent'), 'forbidden'],
    ['the agent opens again', agent, answered, { state: 'open' }, 'state-not-allowed'],
    ['the agent writes a note', agent, open, { note: 'angry' }, null],
    ['a supervisor answers', supervisor, open, answer('supervisor'), null],
    ['for another', supervisor, open, answer('other'), 'forbidden'],
    ['in another way', supervisor, answered, answer('supervisor'), null],
    ['a second one', other, answered, answer('other'), 'conflict'],
    ['too late', supervisor, withdrawn, answer('supervisor'), 'state-not-allowed'],
    ['a supervisor ends it', other, answered, end('over'), null],
    ['both end it', supervisor, withdrawn, end('over'), null],
    ['a supervisor writes the note', supervisor, open, { note: 'x' }, 'forbidden'],
    ['whose it is', supervisor, open, { agentId: 'other' }, 'forbidden'],
    ['a colleague', person('mate', 'agent'), open, end('over'), 'forbidden'],
    ['a reviewer', person('q', 'quality'), open, answer('q'), 'forbidden'],
    ['a note on what is over', agent, withdrawn, { note: 'x' }, 'state-not-allowed'],
    ['a field of a newer desk', agent, open, { ...end('over'), mood: 'calm' }, null],
  ];
  test.each(rows)('%s', (_what, actor, held, change, expected) => {
    expect(refusalOfHelpChange(actor, held, change)).toBe(expected);
  });
});

const message: Message = {
  ...{ sendingId: 's', senderId: 'supervisor', senderName: 'S', recipientId: 'agent' },
  ...{ recipientName: 'A', audience: 'one', audienceName: null, text: 'x', priority: 'normal' },
  ...{ sentAt: 1, helpRequestId: null, readAt: null, reply: null, repliedAt: null },
  replyReadAt: null,
};

describe('messages', () => {
  test('are sent by permission, in the own name, unread', () => {
    expect(refusalOfNewMessage(supervisor, message)).toBeNull();
    expect(refusalOfNewMessage(agent, { ...message, senderId: 'agent' })).toBe('forbidden');
    expect(refusalOfNewMessage(person('x', 'supervisor'), message)).toBe('not-yours');
    expect(refusalOfNewMessage(supervisor, { ...message, readAt: 2 })).toBe('state-not-allowed');
    const toOneself = { ...message, recipientId: 'supervisor' };
    expect(refusalOfNewMessage(supervisor, toOneself)).toBe('forbidden');
  });

  const rows: [string, string, Record<string, unknown>, string | null][] = [
    ['the recipient reads', 'agent', { readAt: 2 }, null],
    ['the recipient replies', 'agent', { reply: 'yes', repliedAt: 2 }, null],
    ['the recipient rewrites', 'agent', { text: 'y' }, 'forbidden'],
    ['the sender reads for the recipient', 'supervisor', { readAt: 2 }, 'forbidden'],
    ['the sender rewrites', 'supervisor', { text: 'y' }, 'forbidden'],
    ['the sender has seen the reply', 'supervisor', { replyReadAt: 2 }, null],
    ['somebody else', 'other', { readAt: 2 }, 'not-yours'],
  ];
  test.each(rows)('%s', (_what, id, change, expected) => {
    expect(refusalOfMessageChange({ id }, message, change)).toBe(expected);
  });
});

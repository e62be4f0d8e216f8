import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Script, ScriptNode } from './knowledge.ts';
import {
  answersOf,
  proposalOf,
  type ScriptStep,
  scriptFor,
  scriptProblems,
  walk,
  waysFrom,
} from './scriptFlow.ts';

const words = (text: string) => ({ en: text, 'zh-CN': text });

function node(id: string, answers: (string | null)[], rest: Partial<ScriptNode> = {}): ScriptNode {
  return {
    id,
    say: words(`say ${id}`),
    asksText: false,
    next: null,
    answers: answers.map((next, index) => ({
      id: `${id}${index}`,
      text: words(`answer ${index}`),
      next,
      dispositionId: null,
      tag: null,
    })),
    ...rest,
  };
}

const kinds = (nodes: ScriptNode[], startId = 'a') =>
  scriptProblems({ startId, nodes }).map(({ kind, nodeId }) => `${kind} ${nodeId ?? '-'}`);

describe('what is wrong with a script', () => {
  it.each<[string, ScriptNode[], string[]]>([
    ['nothing', [node('a', ['b', null]), node('b', [])], []],
    ['no start', [node('b', [])], ['noStart -']],
    ['a step nobody comes to', [node('a', []), node('b', [])], ['unreachable b']],
    [
      'a loop without a way out',
      [node('a', ['b']), node('b', ['a'])],
      ['noWayOut a', 'noWayOut b'],
    ],
    ['a loop that can be left', [node('a', ['b']), node('b', ['a', null])], []],
    ['an answer that leads nowhere', [node('a', ['x', null])], ['nextUnknown a']],
    [
      'a way on that leads nowhere',
      [node('a', [], { next: 'x' })],
      ['nextUnknown a', 'noWayOut a'],
    ],
    ['nothing said', [node('a', [], { say: words('  ') })], ['nothingSaid a']],
    ['an id twice', [node('a', []), node('a', [])], ['sameId a']],
  ])('%s', (_, nodes, expected) => expect(kinds(nodes)).toEqual(expected));
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const anyNodes = fc.tuple(
  ...ids.map((id) =>
    fc
      .record({
        answers: fc.array(fc.constantFrom(...ids, null), { maxLength: 3 }),
        next: fc.constantFrom(...ids, null),
      })
      .map(({ answers, next }) => node(id, answers, { next })),
  ),
);

/** Walks at random, led by numbers. */
function stepsOf(nodes: ScriptNode[], turns: number[]): ScriptStep[] {
  const steps: ScriptStep[] = [];
  for (const turn of turns) {
    const at = walk({ startId: 'a', nodes }, steps).node;
    if (!at) break;
    const answer = at.answers[turn % Math.max(1, at.answers.length)];
    steps.push({ nodeId: at.id, answerId: answer?.id ?? null, text: '' });
  }
  return steps;
}

describe('laws of a script', () => {
  const turns = fc.array(fc.nat(9), { maxLength: 40 });

  it('without a problem every step can be reached, and from each the end', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const script = { startId: 'a', nodes };
        fc.pre(scriptProblems(script).length === 0);
        const ending = new Set<string>();
        for (let round = 0; round < nodes.length; round += 1) {
          for (const one of nodes) {
            if (waysFrom(one).some((next) => next === null || ending.has(next))) ending.add(one.id);
          }
        }
        expect(ending.size).toBe(nodes.length);
      }),
    );
  });

  it('a walk takes every step that was offered, and stands at the end or at a step', () => {
    fc.assert(
      fc.property(anyNodes, turns, (nodes, way) => {
        const steps = stepsOf(nodes, way);
        const walked = walk({ startId: 'a', nodes }, steps);
        expect(walked.taken).toEqual(steps);
        expect(steps.length === way.length || walked.node === null).toBe(true);
      }),
    );
  });

  it('steps of another script are left out from the first that does not fit', () => {
    fc.assert(
      fc.property(anyNodes, anyNodes, turns, (nodes, others, way) => {
        const { taken } = walk({ startId: 'a', nodes }, stepsOf(others, way));
        expect(walk({ startId: 'a', nodes }, taken).taken).toEqual(taken);
      }),
    );
  });

  it('problems are told at steps that there are', () => {
    fc.assert(
      fc.property(anyNodes, fc.constantFrom(...ids, 'x'), (nodes, startId) => {
        const told = scriptProblems({ startId, nodes }).map(({ nodeId }) => nodeId ?? 'a');
        expect(told.every((id) => ids.includes(id))).toBe(true);
      }),
    );
  });
});

describe('what a walk proposes and leaves', () => {
  const [first, second] = [node('a', ['b', null]), node('b', [null, null], { asksText: true })];
  const nodes = [
    { ...first, answers: first.answers.map((one) => ({ ...one, dispositionId: 'x', tag: 'one' })) },
    {
      ...second,
      answers: second.answers.map((one) => ({ ...one, dispositionId: null, tag: 'two' })),
    },
  ];
  const script = { id: 's', edition: 3, startId: 'a', nodes };
  const steps = [
    { nodeId: 'a', answerId: 'a0', text: '' },
    { nodeId: 'b', answerId: 'b1', text: 'in words' },
  ];

  it('the last disposition named and all tags', () => {
    expect(proposalOf(script, steps)).toEqual({ dispositionId: 'x', tags: ['one', 'two'] });
    expect(proposalOf(script, [])).toEqual({ dispositionId: null, tags: [] });
  });

  it('what was said and answered, in words', () => {
    expect(answersOf(script, steps, 'en')).toEqual({
      scriptId: 's',
      edition: 3,
      steps: [
        { nodeId: 'a', said: 'say a', answer: 'answer 0' },
        { nodeId: 'b', said: 'say b', answer: 'answer 1: in words' },
      ],
    });
    expect(answersOf(script, [], 'en')).toBeNull();
  });
});

describe('the script for a call', () => {
  const script = (name: string, rest: Partial<Script>): Script => ({
    name: words(name),
    queueIds: [],
    direction: 'in',
    startId: 'a',
    nodes: [],
    active: true,
    retired: false,
    edition: 1,
    ...rest,
  });
  const all = script('all', {});
  const own = script('own', { queueIds: ['q'] });
  const out = script('out', { direction: 'out' });

  it.each<[string, Script[], string | null, 'in' | 'out', Script | null]>([
    ['one that names the queue goes first', [all, own], 'q', 'in', own],
    ['one for all queues', [own, all], 'r', 'in', all],
    ['without a queue', [own, all], null, 'in', all],
    ['of the direction', [all, out], 'q', 'out', out],
    [
      'in use only',
      [script('off', { active: false }), script('old', { retired: true })],
      'q',
      'in',
      null,
    ],
  ])('%s', (_, scripts, queueId, direction, expected) => {
    expect(scriptFor(scripts, { queueId, direction })).toBe(expected);
  });
});

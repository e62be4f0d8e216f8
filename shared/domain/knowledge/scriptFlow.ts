import type { Script, ScriptAnswers, ScriptNode } from './knowledge.ts';

export type ScriptProblemKind =
  | 'noStart'
  | 'sameId'
  | 'sameAnswerId'
  | 'nothingSaid'
  | 'answerWithoutText'
  | 'nextUnknown'
  | 'unreachable'
  | 'noWayOut';

/** What is wrong with a script, told at the node; `nodeId` null: at the whole of it. */
export interface ScriptProblem {
  kind: ScriptProblemKind;
  nodeId: string | null;
  answerId: string | null;
}

type Graph = Pick<Script, 'startId' | 'nodes'>;

const nothingIn = (text: { en: string; 'zh-CN': string }): boolean =>
  text.en.trim() === '' && text['zh-CN'].trim() === '';

/** Where a node may lead; null: the end. Answers go before the way without a choice. */
export function waysFrom(node: ScriptNode): (string | null)[] {
  return node.answers.length > 0 ? node.answers.map(({ next }) => next) : [node.next];
}

function reachedFrom(start: string, nodes: ReadonlyMap<string, ScriptNode>): Set<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodes.get(id);
    if (!node || reached.has(id)) continue;
    reached.add(id);
    for (const next of waysFrom(node)) if (next !== null) open.push(next);
  }
  return reached;
}

/** Ids of nodes from which the end can be reached. */
function endingNodes(nodes: ReadonlyMap<string, ScriptNode>): Set<string> {
  const ending = new Set<string>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const node of nodes.values()) {
      if (ending.has(node.id)) continue;
      if (waysFrom(node).some((next) => next === null || ending.has(next))) {
        ending.add(node.id);
        grew = true;
      }
    }
  }
  return ending;
}

function problemsOfNode(node: ScriptNode, nodes: ReadonlyMap<string, ScriptNode>): ScriptProblem[] {
  const problems: ScriptProblem[] = [];
  const at = (kind: ScriptProblemKind, answerId: string | null = null) =>
    problems.push({ kind, nodeId: node.id, answerId });
  if (nothingIn(node.say)) at('nothingSaid');
  const seen = new Set<string>();
  for (const answer of node.answers) {
    if (seen.has(answer.id)) at('sameAnswerId', answer.id);
    seen.add(answer.id);
    if (nothingIn(answer.text)) at('answerWithoutText', answer.id);
    if (answer.next !== null && !nodes.has(answer.next)) at('nextUnknown', answer.id);
  }
  if (node.answers.length === 0 && node.next !== null && !nodes.has(node.next)) at('nextUnknown');
  return problems;
}

/** All that keeps a script from being used, in the order of its nodes. */
export function scriptProblems({ startId, nodes: list }: Graph): ScriptProblem[] {
  const nodes = new Map(list.map((node) => [node.id, node]));
  const problems: ScriptProblem[] = [];
  if (!nodes.has(startId)) problems.push({ kind: 'noStart', nodeId: null, answerId: null });
  const reached = reachedFrom(startId, nodes);
  const ending = endingNodes(nodes);
  const seen = new Set<string>();
  for (const node of list) {
    if (seen.has(node.id)) problems.push({ kind: 'sameId', nodeId: node.id, answerId: null });
    seen.add(node.id);
    problems.push(...problemsOfNode(node, nodes));
    if (nodes.has(startId) && !reached.has(node.id)) {
      problems.push({ kind: 'unreachable', nodeId: node.id, answerId: null });
    } else if (reached.has(node.id) && !ending.has(node.id)) {
      problems.push({ kind: 'noWayOut', nodeId: node.id, answerId: null });
    }
  }
  return problems;
}

/** One answer on the way: a choice, words, or neither where the node only says something. */
export interface ScriptStep {
  nodeId: string;
  answerId: string | null;
  text: string;
}

/** More steps than any call has; a loop is walked as often. */
export const mostSteps = 200;

/**
 * Walks a script along the steps: those that still fit it, the node that stands open, null at the end.
 * Steps behind one that no longer fits (the script was changed) are left out.
 */
export function walk(
  { startId, nodes: list }: Graph,
  steps: readonly ScriptStep[],
): { taken: ScriptStep[]; node: ScriptNode | null } {
  const nodes = new Map(list.map((node) => [node.id, node]));
  const taken: ScriptStep[] = [];
  let node = nodes.get(startId) ?? null;
  for (const step of steps.slice(0, mostSteps)) {
    if (!node || node.id !== step.nodeId) break;
    const next = nextOf(node, step.answerId);
    if (next === undefined) break;
    taken.push(step);
    node = next === null ? null : (nodes.get(next) ?? null);
  }
  return { taken, node };
}

/** Where this answer leads; null: the end; undefined: there is no such answer. */
function nextOf(node: ScriptNode, answerId: string | null): string | null | undefined {
  if (node.answers.length === 0) return answerId === null ? node.next : undefined;
  return node.answers.find(({ id }) => id === answerId)?.next;
}

/** What the answers so far propose for the wrap-up: the last disposition named, and all tags. */
export function proposalOf(
  script: Graph,
  steps: readonly ScriptStep[],
): { dispositionId: string | null; tags: string[] } {
  const { taken } = walk(script, steps);
  const chosen = taken.flatMap(({ nodeId, answerId }) => {
    const node = script.nodes.find(({ id }) => id === nodeId);
    return node?.answers.find(({ id }) => id === answerId) ?? [];
  });
  const tags = chosen.flatMap(({ tag }) => (tag === null || tag.trim() === '' ? [] : [tag]));
  return {
    dispositionId:
      chosen.findLast((answer) => answer.dispositionId !== null)?.dispositionId ?? null,
    tags: [...new Set(tags)],
  };
}

const longestSaid = 500;

/** What is kept with the wrap-up: what was said and answered, in words that a later script does not change. */
export function answersOf(
  script: Graph & { id: string; edition: number },
  steps: readonly ScriptStep[],
  language: 'en' | 'zh-CN',
): ScriptAnswers | null {
  const { taken } = walk(script, steps);
  if (taken.length === 0) return null;
  return {
    scriptId: script.id,
    edition: script.edition,
    steps: taken.map(({ nodeId, answerId, text }) => {
      const node = script.nodes.find(({ id }) => id === nodeId);
      const choice = node?.answers.find(({ id }) => id === answerId)?.text[language] ?? '';
      const answer = [choice, text.trim()].filter((part) => part !== '').join(': ');
      return { nodeId, said: cut(node?.say[language] ?? '', longestSaid), answer };
    }),
  };
}

/** At most so many UTF-16 units, no character in half. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.charCodeAt(most - 1) >= 0xd800 && text.charCodeAt(most - 1) <= 0xdbff;
  return text.slice(0, end ? most - 1 : most);
}

/** The script for a call: one that names its queue goes before one for all queues. */
export function scriptFor<S extends Script>(
  scripts: readonly S[],
  call: { queueId: string | null; direction: 'in' | 'out' },
): S | null {
  const fitting = scripts.filter(
    ({ active, retired, direction }) =>
      active && !retired && (direction === 'both' || direction === call.direction),
  );
  const { queueId } = call;
  const named =
    queueId === null ? undefined : fitting.find((one) => one.queueIds.includes(queueId));
  return named ?? fitting.find((one) => one.queueIds.length === 0) ?? null;
}

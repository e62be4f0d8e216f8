import { z } from 'zod';
import {
  type ScriptFields,
  type ScriptView,
  scriptFieldsSchema,
} from '#shared/contract/methods/knowledge.ts';
import type { ScriptNode } from '#shared/domain/knowledge/knowledge.ts';

export type ScriptAnswer = ScriptNode['answers'][number];

/** The editor's draft: what it holds, and for which edition it was begun. */
export interface EditedScript {
  script: ScriptFields;
}

const storedSchema = z.object({ script: scriptFieldsSchema });

/** Reads a stored draft; null where there is none or it cannot be read. */
export function readScriptDraft(stored: unknown): Partial<EditedScript> | null {
  return storedSchema.safeParse(stored).data ?? null;
}

const nothing = { en: '', 'zh-CN': '' };

/** The first number that no id of these has. */
function freeId(prefix: string, taken: readonly { id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  let number = taken.length + 1;
  while (ids.has(`${prefix}${number}`)) number += 1;
  return `${prefix}${number}`;
}

export function emptyScript(): ScriptFields {
  const start = emptyNode([]);
  return {
    name: nothing,
    queueIds: [],
    direction: 'in',
    startId: start.id,
    nodes: [start],
    active: false,
  };
}

function emptyNode(taken: readonly ScriptNode[]): ScriptNode {
  return { id: freeId('n', taken), say: nothing, answers: [], asksText: false, next: null };
}

export function fieldsOfScript(script: ScriptView): ScriptFields {
  const { name, queueIds, direction, startId, nodes, active } = script;
  return { name, queueIds, direction, startId, nodes, active };
}

export function withNode(script: ScriptFields): ScriptFields {
  return { ...script, nodes: [...script.nodes, emptyNode(script.nodes)] };
}

/** Ways that led to it stay and are told as leading nowhere: which of them should go elsewhere is for the editor to say. */
export function withoutNode(script: ScriptFields, nodeId: string): ScriptFields {
  return { ...script, nodes: script.nodes.filter(({ id }) => id !== nodeId) };
}

export function changeNode(
  script: ScriptFields,
  nodeId: string,
  patch: Partial<ScriptNode>,
): ScriptFields {
  const nodes = script.nodes.map((node) => (node.id === nodeId ? { ...node, ...patch } : node));
  return { ...script, nodes };
}

export function withAnswer(node: ScriptNode): ScriptNode {
  const answer: ScriptAnswer = {
    id: freeId('a', node.answers),
    text: nothing,
    next: null,
    dispositionId: null,
    tag: null,
  };
  return { ...node, answers: [...node.answers, answer] };
}

export function changeAnswer(
  node: ScriptNode,
  answerId: string,
  patch: Partial<ScriptAnswer>,
): ScriptNode {
  const answers = node.answers.map((one) => (one.id === answerId ? { ...one, ...patch } : one));
  return { ...node, answers };
}

export function withoutAnswer(node: ScriptNode, answerId: string): ScriptNode {
  return { ...node, answers: node.answers.filter(({ id }) => id !== answerId) };
}

import { scriptDraftSchema } from '#shared/contract/methods/knowledge.ts';
import type { ScriptAnswers } from '#shared/domain/knowledge/knowledge.ts';
import { answersOf } from '#shared/domain/knowledge/scriptFlow.ts';
import { maxTextLength } from '#shared/domain/primitives.ts';
import type { Language } from '#shared/domain/text/text.ts';
import type { Cache } from '../../cache/cache.ts';

/** Where the window keeps the way through a call's script while it is walked. */
export function scriptDraftKey(callId: string): string {
  return `script:${callId}`;
}

/** What was answered on the way through the script of a call; null where none was walked. */
export function scriptAnswers(
  cache: Pick<Cache, 'draft' | 'record'>,
  callId: string,
  language: Language,
): ScriptAnswers | null {
  const draft = readDraft(cache.draft(scriptDraftKey(callId)));
  const script = draft && cache.record('script', draft.scriptId);
  if (!draft || !script) return null;
  const answers = answersOf({ ...script, id: draft.scriptId }, draft.steps, language);
  if (!answers) return null;
  const steps = answers.steps.map((step) => ({
    ...step,
    answer: step.answer.slice(0, maxTextLength),
  }));
  return { ...answers, steps };
}

function readDraft(json: string | null) {
  if (json === null) return null;
  try {
    return scriptDraftSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

import type { InputOf } from '#shared/contract/contract.ts';
import type { ScriptView } from '#shared/contract/methods/knowledge.ts';
import { newId } from '#shared/domain/ids.ts';
import { scriptFor, scriptProblems } from '#shared/domain/knowledge/scriptFlow.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../../cache/cache.ts';

/** Guided scripts 话术: which one guides a call, and what an editor makes of them. */
export function createScripts({ user, cache }: { user: SignedInUser; cache: Cache }) {
  const all = (): ScriptView[] => cache.knowledge.scripts();

  function one(scriptId: string): ScriptView {
    const found = all().find(({ id }) => id === scriptId);
    if (!found) throw new DeskError('not-found', 'no such script here');
    return found;
  }

  return {
    list: all,
    forCall: (call: InputOf<'scripts.forCall'>): ScriptView | null => scriptFor(all(), call),
    save({ scriptId, fields }: InputOf<'scripts.save'>): ScriptView {
      const [problem] = scriptProblems(fields);
      if (problem && fields.active) {
        throw new DeskError('invalid-input', 'a script in use must lead from its start to an end', {
          field: problem.nodeId ?? 'startId',
          problem: problem.kind,
        });
      }
      const before = scriptId === null ? null : one(scriptId);
      const id = scriptId ?? newId();
      const edition = (before?.edition ?? 0) + 1;
      const retired = before?.retired ?? false;
      cache.change([{ entity: 'script', id, fields: { ...fields, edition, retired } }], user.id);
      return one(id);
    },
    retire(scriptId: string, on: boolean): ScriptView {
      const { retired } = one(scriptId);
      if (retired !== on) {
        const fields = on ? { retired: true, active: false } : { retired: false };
        cache.change([{ entity: 'script', id: scriptId, fields }], user.id);
      }
      return one(scriptId);
    },
  };
}

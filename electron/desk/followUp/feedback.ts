import type { InputOf } from '#shared/contract/contract.ts';
import type { QuestionnaireView, SheetFilter } from '#shared/contract/methods/feedback.ts';
import { dateAt } from '#shared/domain/calls/callHours.ts';
import { faultsOf, isOtherEdition } from '#shared/domain/feedback/questionnaires.ts';
import { satisfactionBy } from '#shared/domain/feedback/satisfaction.ts';
import { newId } from '#shared/domain/ids.ts';
import { DeskError } from '#shared/result.ts';
import { spanOf } from './days.ts';
import { centreZone, type FollowUpParts, found } from './parts.ts';

/** Questionnaires, and what customers answered. */
export function createFeedback({ cache, user }: FollowUpParts) {
  const read = (id: string): QuestionnaireView =>
    found(cache.followUp.questionnaire(id), 'questionnaire');

  function save({ id, ...given }: InputOf<'feedback.save'>): QuestionnaireView {
    const [fault] = faultsOf(given);
    if (fault) throw new DeskError('invalid-input', 'a text is missing', { field: fault });
    const before = id === null ? null : read(id);
    const isOther = before !== null && isOtherEdition(before, given);
    const edition = (before?.edition ?? 1) + (isOther ? 1 : 0);
    const savedId = id ?? newId();
    const fields = { ...given, edition, retired: false };
    cache.change([{ entity: 'questionnaire', id: savedId, fields }], user.id);
    return read(savedId);
  }

  return {
    questionnaires: () => cache.followUp.questionnaires(),
    save,
    retire(id: string): void {
      read(id);
      const fields = { retired: true, active: false };
      cache.change([{ entity: 'questionnaire', id, fields }], user.id);
    },
    scores({ by, questionnaireId, ...days }: Omit<SheetFilter, 'key'>) {
      const timeZone = centreZone(cache);
      const sheets = cache.followUp.countedSheets(spanOf(days, timeZone), questionnaireId);
      return satisfactionBy(by, sheets, (at) => dateAt(at, timeZone));
    },
    sheets(filter: SheetFilter, limit: number) {
      const { by, key, from, to } = filter;
      const ofDay = by === 'day' ? (key?.value ?? null) : null;
      const days = ofDay === null ? { from, to } : { from: ofDay, to: ofDay };
      return cache.followUp.sheets(filter, spanOf(days, centreZone(cache)), limit);
    },
  };
}

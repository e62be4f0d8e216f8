import type { EntityName, GivenFieldsOf } from '#shared/sync/entities.ts';
import type { DuplicatePolicy, ImportCounts, RowFate, RowProblem } from '#shared/sync/importing.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { complain, type Draft, type ReadContext } from '../rows/draft.ts';

/** A record that is to be made; its fields may still be added to by later rows of the batch. */
export interface Made<E extends EntityName = EntityName> {
  id: string;
  fields: GivenFieldsOf<E>;
}

/** A row that goes into the file of rows to look at. */
export interface ProblemRow {
  row: number;
  fate: RowFate;
  cells: string[];
  problems: RowProblem[];
}

const usual = new Map<EntityName, object>();

function usualOf(entity: EntityName): object {
  const known = usual.get(entity) ?? usualFieldsOf(entity);
  usual.set(entity, known);
  return known;
}

/** What a batch of rows amounts to: records to make, records to change, and what became of each row. */
export class Plan {
  readonly made = new Map<EntityName, Made[]>();
  /** By record; the rows that change it, in their order. */
  readonly changes = new Map<string, { entity: EntityName; id: string; drafts: Draft[] }>();
  readonly problems: ProblemRow[] = [];
  /** By row of the file. */
  readonly fates = new Map<number, RowFate>();
  readonly counts: ImportCounts = emptyCounts();
  readonly context: ReadContext;
  readonly newId: () => string;

  constructor(context: ReadContext, newId: () => string) {
    this.context = context;
    this.newId = newId;
  }

  make<E extends EntityName>(entity: E, fields: GivenFieldsOf<E>): Made<E> {
    // A record with all its fields is the same at every desk.
    const made: Made<E> = { id: this.newId(), fields: { ...usualOf(entity), ...fields } };
    const held = this.made.get(entity);
    if (held) held.push(made as Made);
    else this.made.set(entity, [made as Made]);
    return made;
  }

  change(entity: EntityName, id: string, draft: Draft): void {
    const key = `${entity}/${id}`;
    const held = this.changes.get(key);
    if (held) held.drafts.push(draft);
    else this.changes.set(key, { entity, id, drafts: [draft] });
  }

  /** What became of a row; wrong and flagged ones are kept with what is to be said of them. */
  count(draft: Draft, fate: RowFate): void {
    this.counts.rows += 1;
    this.counts[fate] += 1;
    this.fates.set(draft.row, fate);
    if (fate !== 'wrong' && fate !== 'flagged') return;
    for (const reason of new Set(draft.problems.map((problem) => problem.reason))) {
      this.counts.reasons[reason] = (this.counts.reasons[reason] ?? 0) + 1;
    }
    const { row, problems } = draft;
    this.problems.push({ row, fate, cells: draft.cells.map(storable), problems });
  }

  /**
   * A row whose record is here already (`met` names it to people): answers what is to be done, and counts what is
   * decided by that.
   */
  meet(draft: Draft, met: string): 'nothing' | 'change' | 'make' {
    const policy: DuplicatePolicy = this.context.settings.duplicates;
    if (policy === 'skip') {
      this.count(draft, 'skipped');
      return 'nothing';
    }
    if (policy === 'update') return 'change';
    complain(draft, 'already-here', null, met);
    this.count(draft, 'flagged');
    return 'make';
  }
}

/** PostgreSQL stores no U+0000 and no half of a surrogate pair. */
function storable(text: string): string {
  const plain = text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text;
  return plain.isWellFormed() ? plain : plain.toWellFormed();
}

export function emptyCounts(): ImportCounts {
  return {
    rows: 0,
    new: 0,
    updated: 0,
    unchanged: 0,
    skipped: 0,
    flagged: 0,
    wrong: 0,
    reasons: {},
  };
}

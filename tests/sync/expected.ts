import type { Operation } from '#shared/sync/messages.ts';

interface Kept {
  operation: Operation;
  desk: string;
  /** The centre must refuse it, or may. */
  refused: boolean | 'maybe';
  /** Of the change that it was part of; stands in its fields. */
  mark: string;
  /** On the centre alone: the disk of its desk was replaced by an older one. */
  isFragile: boolean;
}

/** What the desks have said of their changes, and what of it must be true later. */
export class Expected {
  /** Written down at a desk for certain. */
  readonly kept = new Map<string, Kept>();
  /** Marks of changes that were refused at the desk itself, whole: they must be nowhere. */
  readonly never = new Set<string>();
  /** Marks of changes of which nobody knows whether they were kept: all or nothing. */
  readonly doubtful = new Set<string>();
  /** The server went back to a backup: it may have forgotten what it refused. */
  restored = false;
  /** A desk went back to an older disk: what others did to records of its own waits for ever. */
  disksLost = false;

  keep(operations: readonly Operation[], of: Pick<Kept, 'desk' | 'refused' | 'mark'>) {
    for (const operation of operations) {
      this.kept.set(operation.id, { operation, ...of, isFragile: false });
    }
  }

  idsOf(desk: string): Set<string> {
    const own = [...this.kept.values()].filter((kept) => kept.desk === desk);
    return new Set(own.map(({ operation }) => operation.id));
  }

  /** The server's database is an older one: what no desk can bring again is gone. */
  serverRestored(): void {
    this.restored = true;
    for (const [id, kept] of this.kept) if (kept.isFragile) this.#doubt(id, kept);
  }

  /** The desk's disk is the one on which it had written `copied` and nothing later; `waiting` had not been handed in. */
  diskRestored(desk: string, copied: ReadonlySet<string>, waiting: ReadonlySet<string>): void {
    this.disksLost = true;
    for (const [id, kept] of this.kept) {
      if (kept.desk !== desk || copied.has(id)) continue;
      if (waiting.has(id) || kept.refused || this.restored) this.#doubt(id, kept);
      else kept.isFragile = true;
    }
  }

  #doubt(id: string, { mark }: Kept): void {
    this.kept.delete(id);
    this.doubtful.add(mark);
  }
}

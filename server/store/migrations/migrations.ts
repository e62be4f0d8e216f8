import type { Migration } from 'kysely/migration';
import { base } from './0001_base.ts';
import { audit } from './0002_audit.ts';
import { lineage } from './0002_lineage.ts';
import { scope } from './0003_scope.ts';

/** Numbered, forward only; a migration that has left this house is never edited. */
export const migrations: Record<string, Migration> = {
  '0001_base': { up: base },
  '0002_lineage': { up: lineage },
  '0002_audit': { up: audit },
  '0003_scope': { up: scope },
};

import type { Database } from 'better-sqlite3';
import type { Role } from '#shared/domain/permissions.ts';
import type { Viewer } from '#shared/domain/visibility.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import type { CacheCheck } from '../cache.ts';
import type { Meta } from '../meta.ts';
import { keptMs } from '../outbox/sent.ts';
import { isEntityName } from '../records/recordStore.ts';
import type { WorkerClient } from '../workerClient.ts';
import { createCheckProgress } from './progress.ts';

export interface CacheCheckParts {
  db: Database;
  meta: Meta;
  worker: WorkerClient;
  userId: string;
  /** ms UTC, corrected to the server's clock. */
  now(): number;
  tell(entities: EntityName[], local: boolean): void;
}

export function createCacheCheck({
  db,
  meta,
  worker,
  userId,
  now,
  tell,
}: CacheCheckParts): CacheCheck {
  const selectSelf = db.prepare<[string], { role: Role; teamId: string | null }>(
    'SELECT "role", "teamId" FROM "user" WHERE "id" = ?',
  );
  const selectTeam = db
    .prepare<[string], string>('SELECT "id" FROM "user" WHERE "teamId" = ?')
    .pluck();

  /** After a server's database went back, other desks may bring back what it has lost, as long as they keep it. */
  function keepFor(): Viewer | null {
    const restartedAt = Number(meta.get('restartedAt') ?? 0);
    const self = selectSelf.get(userId);
    if (!self || restartedAt < now() - keptMs) return null;
    const { role, teamId } = self;
    return { id: userId, role, team: teamId === null ? [] : selectTeam.all(teamId) };
  }

  return {
    progress: createCheckProgress(meta),
    hash: (range, without) => worker.run('hash', { ...range, without }),
    async repair(range, changes) {
      const repaired = await worker.run('repair', { ...range, changes, keepFor: keepFor() });
      const { entity } = range;
      if (repaired.replaced + repaired.dropped > 0 && isEntityName(entity)) tell([entity], false);
      return repaired;
    },
  };
}

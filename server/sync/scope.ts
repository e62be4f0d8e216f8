import { createHash } from 'node:crypto';
import { sightOf, type Viewer } from '#shared/domain/visibility.ts';
import { entityNames } from '#shared/sync/entities.ts';
import type { Scope } from '../store/feed/scope.ts';

const wordLength = 16;

/** What a viewer sees, by the rule of shared/domain/visibility.ts, and a word for it that desks compare. */
export function scopeOf(viewer: Viewer): Scope {
  const sights = entityNames.map((entity) => [entity, sightOf(viewer, entity)] as const);
  const digest = createHash('sha256').update(JSON.stringify(sights)).digest('hex');
  return { word: digest.slice(0, wordLength), sights };
}

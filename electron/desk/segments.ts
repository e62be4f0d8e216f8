import { z } from 'zod';
import { newId } from '#shared/domain/ids.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import {
  customerValuesAnswerSchema,
  segmentCountSchema,
  segmentListSchema,
} from '#shared/sync/segments.ts';
import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../core/providers.ts';
import type { Handlers } from '../handler/handler.ts';
import { unwrap } from '../session/session.ts';
import type { IntegrationsPort } from '../sync/integrationsClient.ts';

type SegmentMethod = Extract<keyof Handlers, `segments.${string}`>;

const nothing = z.object({});

export interface SegmentOptions {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
  server: IntegrationsPort;
}

/** Saved segments are records like others; counting over all customers is the centre's. */
export function segmentHandlers({
  user,
  cache,
  clock,
  server,
}: SegmentOptions): Pick<Handlers, SegmentMethod> {
  const post = async <S extends z.ZodType>(path: string, body: unknown, schema: S) =>
    unwrap(await server.ask({ method: 'POST', path, body }, schema));

  function found(id: string) {
    const segment = cache.segment(id);
    if (!segment) throw new DeskError('not-found', 'no such segment here');
    return segment;
  }

  return {
    'segments.saved': () => cache.segments(),
    'segments.save'({ id, name, rule }) {
      const known = id === null ? null : found(id);
      const segmentId = id ?? newId();
      const made = {
        description: { en: '', 'zh-CN': '' },
        standing: null,
        createdAt: clock.now(),
        createdBy: user.id,
        retired: false,
      };
      const fields = { name, rule: { ...rule }, ...(known ? {} : made) };
      cache.change([{ entity: 'segment', id: segmentId, fields }], user.id);
      return found(segmentId);
    },
    'segments.retire'({ id }) {
      found(id);
      cache.change([{ entity: 'segment', id, fields: { retired: true } }], user.id);
      return {};
    },
    'segments.count': (request) => post('/api/segments/count', request, segmentCountSchema),
    'segments.list': (request) => post('/api/segments/list', request, segmentListSchema),
    'segments.values': async () => {
      const path = '/api/segments/values';
      return unwrap(await server.ask({ method: 'GET', path }, customerValuesAnswerSchema));
    },
    'segments.recompute': () => post('/api/segments/values', {}, nothing),
  };
}

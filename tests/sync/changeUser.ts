import { newsChannel, notify } from '#server/store/notices.ts';
import { lockRecords, updateRecords } from '#server/store/records.ts';
import type { Db } from '#server/store/store.ts';
import { type User, userSchema } from '#shared/domain/user.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { mergeFields, stampsHeld } from '#shared/sync/merge.ts';

export type UserChange = Partial<Pick<User, 'role' | 'teamId'>>;

/** Give a user another role or team in a database whose server is down. Fails with `not-found`. */
export async function changeUser(
  { db, clock, now }: { db: Db; clock: Clock; now: () => number },
  userId: string,
  change: UserChange,
): Promise<Result<User>> {
  return db.transaction().execute(async (tx) => {
    const [held] = await lockRecords(tx, [{ entity: 'user', id: userId }]);
    if (!held) return fail('not-found', 'no such user');
    // Another node may have written it by a clock that is a little ahead.
    const stamp = clock.tick(stampsHeld(held.clocks, change));
    const { fields, clocks } = mergeFields(held, { fields: change, clock: stamp });
    await updateRecords(tx, [{ ...held, version: held.version + 1, fields, clocks }], now());
    await notify(tx, newsChannel);
    return ok(userSchema.parse(fields));
  });
}

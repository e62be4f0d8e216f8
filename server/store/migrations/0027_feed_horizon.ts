import { type Kysely, sql } from 'kysely';

/**
 * The mark below which no transaction runs any more that may write here: what a reader of the feed may see ends there.
 * PostgreSQL counts transactions of the whole cluster; those of other databases cannot write into this one, and are not
 * waited for. Which those are is only asked where something is held back. A transaction whose database cannot be told
 * (one that ended meanwhile, a prepared one) is waited for.
 */
export async function feedHorizon(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function feed_horizon() returns xid8 language plpgsql stable as $$
    declare
      snapshot constant pg_snapshot := pg_current_snapshot();
      last xid8;
      oldest xid8;
    begin
      if pg_snapshot_xmin(snapshot) = pg_snapshot_xmax(snapshot) then
        return pg_snapshot_xmin(snapshot);
      end if;
      select xid into last from record order by xid desc, seq desc limit 1;
      if last is null or last < pg_snapshot_xmin(snapshot) then
        return pg_snapshot_xmin(snapshot);
      end if;
      select xid into oldest from pg_snapshot_xip(snapshot) as running (xid)
        where not exists (
          select from pg_locks held join pg_stat_activity owner using (pid)
            where held.locktype = 'transactionid' and held.mode = 'ExclusiveLock' and held.granted
              and held.transactionid = running.xid::xid
              and owner.datid <> (select oid from pg_database where datname = current_database()))
        order by xid limit 1;
      return coalesce(oldest, pg_snapshot_xmax(snapshot));
    end $$`.execute(db);
}

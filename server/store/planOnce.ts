import { createHash } from 'node:crypto';
import { type PostgresPool, type PostgresPoolClient, sql } from 'kysely';
import type pg from 'pg';

const mark = '/* plan once */';

/**
 * Beginning of a statement that every request asks: PostgreSQL plans it once for each connection and not each time,
 * which may take longer than the rest of it. Not for one whose best way depends on its values, and not for one whose
 * text has them inside. PGlite reads over it.
 */
export const planOnce = sql.raw(mark);

/** Each connection keeps what it has planned: of no more than so many texts. */
const mostTexts = 200;

/** The pool as Kysely takes it: statements that begin with `planOnce` are prepared, under a name of their text. */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>();
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();

  function nameOf(text: string): string | undefined {
    if (!text.startsWith(mark)) return undefined;
    const known = names.get(text);
    if (known !== undefined || names.size >= mostTexts) return known;
    const name = createHash('sha256').update(text).digest('base64url');
    names.set(text, name);
    return name;
  }

  function prepared(client: pg.PoolClient): PostgresPoolClient {
    const query = (text: string, values: readonly unknown[]) => {
      const name = nameOf(text);
      return client.query({ ...(name === undefined ? {} : { name }), text, values: [...values] });
    };
    return {
      query: query as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy),
    };
  }

  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      const known = clients.get(client) ?? prepared(client);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

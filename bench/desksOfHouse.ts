import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';

export interface HouseDesk {
  userId: string;
  deviceId: string;
  token: string;
}

/** Agents of a large house, each with a desk that has signed in: written into the server's database, for speed. */
export async function signInHouse(databaseUrl: string, count: number): Promise<HouseDesk[]> {
  const desks = Array.from({ length: count }, (_, index) => ({
    userId: uuidv7(),
    deviceId: `house${String(index).padStart(4, '0')}`,
    token: randomBytes(32).toString('base64url'),
  }));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const nowMs = Date.now();
  const rows = desks.map(({ userId, deviceId, token }, index) => ({
    user_id: userId,
    device: deviceId,
    token_hash: createHash('sha256').update(token).digest('hex'),
    fields: {
      login: `agent${index}`,
      name: `Agent ${index}`,
      role: 'agent',
      teamId: `team ${index % 20}`,
      extension: String(3_000 + index),
      queueIds: ['support'],
      active: true,
    },
  }));
  const given = `jsonb_to_recordset($1::jsonb) as given
    (user_id uuid, device text, token_hash text, fields jsonb)`;
  const values = [JSON.stringify(rows)];
  await client.query(
    `insert into record (entity, id, version, fields, clocks, created_at, updated_at)
      select 'user', user_id, 1, fields, '{}', ${nowMs}, ${nowMs} from ${given}`,
    values,
  );
  await client.query(
    `insert into account (user_id, login_key, password_hash)
      select user_id, fields ->> 'login', '-' from ${given}`,
    values,
  );
  await client.query(
    `insert into session (token_hash, user_id, device, created_at, expires_at)
      select token_hash, user_id, device, ${nowMs}, ${nowMs + 14 * 86_400_000} from ${given}`,
    values,
  );
  await client.end();
  return desks;
}

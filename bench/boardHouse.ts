import pg from 'pg';
import { signInHouse } from './desksOfHouse.ts';

export interface BoardHouse {
  queueIds: readonly string[];
  agents: readonly { id: string; queueIds: readonly string[] }[];
}

const queuesOfAgent = 4;

/** A centre of so many queues and agents, each of whom takes calls of four queues: written into its database. */
export async function fillHouse(
  databaseUrl: string,
  { queues, agents }: { queues: number; agents: number },
): Promise<BoardHouse> {
  const queueIds = Array.from({ length: queues }, (_, index) => `queue${index}`);
  const desks = await signInHouse(databaseUrl, agents);
  const staff = desks.map(({ userId }, index) => ({
    id: userId,
    queueIds: Array.from(
      { length: queuesOfAgent },
      (_, nth) => queueIds[(index + nth * 7) % queues] ?? '',
    ),
  }));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const configured = queueIds.map((id, index) => ({
    id,
    name: { en: `Queue ${index}`, 'zh-CN': `队列 ${index}` },
    afterCallMs: 60_000,
  }));
  await client.query(
    `update record set fields = jsonb_set(fields, '{value,queues}', $1::jsonb), version = version + 1
      where entity = 'setting' and fields ->> 'key' = 'configuration'`,
    [JSON.stringify(configured)],
  );
  await client.query(
    `update record set fields = jsonb_set(fields, '{queueIds}', given."queueIds"), version = version + 1
       from jsonb_to_recordset($1::jsonb) as given (id uuid, "queueIds" jsonb)
      where record.entity = 'user' and record.id = given.id`,
    [JSON.stringify(staff)],
  );
  await client.end();
  return { queueIds, agents: staff };
}

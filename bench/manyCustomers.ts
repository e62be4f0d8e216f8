import pg from 'pg';

const atOnce = 500_000;
const stamp = '0199f0000000-0000-benchfill0000';
const fieldNames = [
  ...['no', 'kind', 'name', 'valueClass', 'since'],
  ...['tags', 'profile', 'pinnedNote', 'createdAt', 'createdBy'],
  ...['mergedInto', 'callHours', 'doNotCall'],
];
const clocks = JSON.stringify(Object.fromEntries(fieldNames.map((name) => [name, stamp])));

/** Put so many customers behind what the server's table of records has, each with all its fields and stamps. */
export async function fillCustomers(databaseUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  // Filling is not what is measured.
  await client.query('set synchronous_commit = off');
  for (let from = 1; from <= count; from += atOnce) {
    const to = Math.min(count, from + atOnce - 1);
    await client.query(
      `insert into record (entity, id, version, fields, clocks, created_at, updated_at)
       select 'customer', (lpad(to_hex(n), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1,
              jsonb_build_object('no', 'C' || (100000 + n), 'kind', 'person',
                'name', substr('王李张刘陈杨赵黄周吴', 1 + (n % 10)::int, 1) || substr('伟芳娜敏静丽强磊军洋', 1 + (n / 10 % 10)::int, 1)
                        || substr('明华杰娟涛超霞平刚桂', 1 + (n / 100 % 10)::int, 1),
                'valueClass', 'C', 'since', '2026-01-02', 'tags', jsonb_build_array(), 'profile', jsonb_build_object(),
                'pinnedNote', null, 'createdAt', 1767312000000 + n, 'createdBy', 'xu.jing',
                'mergedInto', null, 'callHours', null, 'doNotCall', false),
              $1::jsonb, 1767312000000, 1767312000000
         from generate_series($2::bigint, $3::bigint) as n`,
      [clocks, from, to],
    );
    if (count > atOnce) console.log(`  filled ${to} of ${count} customers`);
  }
  await client.query('vacuum analyze record');
  await client.query('checkpoint');
  await client.end();
}

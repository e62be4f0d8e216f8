import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { ImportView } from '#shared/sync/importing.ts';
import type { Change } from '#shared/sync/messages.ts';
import { ImportClient } from '#tests/support/importFiles.ts';
import { type Backend, backendNames, startBackend } from '#tests/support/serverBackends.ts';
import { ServerClient } from '#tests/support/serverClient.ts';

const loginOf = (role: string) => practiceUsers.find((user) => user.role === role)?.login ?? '';

describe.each(backendNames)('imports and exports on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let client: ServerClient;
  let files: ImportClient;

  beforeAll(async () => {
    backend = await startBackend(name);
    server = await startServer(
      backend.options({ practiceCustomers: 0, importing: { batchRows: 7 } }),
    );
    client = new ServerClient(server.url);
    await client.signIn(loginOf('administrator'));
    files = new ImportClient(client);
  });
  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  const recordsOf = async (entity: string) =>
    (await client.pullSettled()).changes.filter((change) => change.entity === entity);
  const customerNamed = async (text: string) => {
    const named = (await recordsOf('customer')).filter(({ fields }) => fields.name === text);
    expect(named).toHaveLength(1);
    return named[0];
  };

  it('brings in customers with their numbers and tells where they are from', async () => {
    const done = await files.bring(
      'customers',
      '客户编号,姓名,手机,公司,邮箱,客户级别,客户起始,生日\r\nK1,王小明,138 0013 8000,澄屿,wang@mail.example,A,2024/3/1,1988年2月3日\r\nK2,,021-62345678;13900139000,晨光物业,,,,\r\n',
    );
    expect(done.counts).toMatchObject({ rows: 2, new: 2, wrong: 0 });
    const wang = await customerNamed('王小明');
    expect(wang?.fields).toMatchObject({
      no: 'K1',
      kind: 'person',
      valueClass: 'A',
      since: '2024-03-01',
      profile: {
        company: { value: '澄屿', source: 'import' },
        birthday: { value: '1988-02-03' },
      },
    });
    const firm = await customerNamed('晨光物业');
    expect(firm?.fields.kind).toBe('company');
    const points = await recordsOf('contactPoint');
    const ofFirm = points.filter(({ fields }) => fields.customerId === firm?.id);
    expect(ofFirm.map(({ fields }) => [fields.normal, fields.label]).sort()).toEqual([
      ['+8613900139000', 'mobile'],
      ['+862162345678', 'landline'],
    ]);
    expect(Object.keys(wang?.clocks ?? {}).sort()).toEqual(Object.keys(wang?.fields ?? {}).sort());
  });

  it('takes values over, adds what is missing and leaves the rest, where it shall update', async () => {
    const before = await customerNamed('王小明');
    const done = await files.bring(
      'customers',
      'no;name;mobile;tags;class\nK1;王小明;13800138000;VIP;B\nK1;王小明;13700137000;old;\nK1;王小明;;;\n',
      { duplicates: 'update' },
    );
    expect(done.counts).toMatchObject({ rows: 3, new: 0, updated: 2, unchanged: 1 });
    const after = await customerNamed('王小明');
    expect(after?.version).toBe((before?.version ?? 0) + 1);
    expect(after?.fields).toMatchObject({
      valueClass: 'B',
      tags: ['VIP', 'old'],
      since: '2024-03-01',
    });
    const points = (await recordsOf('contactPoint')).filter(
      ({ fields }) => fields.customerId === after?.id && fields.kind === 'phone',
    );
    expect(points.map(({ fields }) => fields.normal).sort()).toEqual([
      '+8613700137000',
      '+8613800138000',
    ]);
  });

  it('skips or flags what is here, also within one file', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, index) => `双${index % 15},1370000${1000 + (index % 15)}`,
    );
    const text = `姓名,手机\n${rows.join('\n')}\n`;
    const { id } = await files.upload('customers', text);
    const { settings } = await files.preview(id);
    await files.start(id, 'check', settings);
    const checked = await files.until(id, 'checked');
    expect(checked.counts).toMatchObject({ rows: 30, new: 15, skipped: 15 });
    await files.start(id, 'run', settings);
    expect((await files.until(id, 'done')).counts).toEqual(checked.counts);
    const flagged = await files.bring('customers', '姓名,手机\n双0,13700001000\n', {
      duplicates: 'flag',
    });
    expect(flagged.counts).toMatchObject({ flagged: 1, new: 0, reasons: { 'already-here': 1 } });
    const both = (await recordsOf('customer')).filter(({ fields }) => fields.name === '双0');
    expect(both.map(({ fields }) => fields.tags)).toContainEqual(['possible duplicate']);
    expect(both).toHaveLength(2);
  });

  it.each([0, 7])(
    'finds a customer by what earlier rows brought, %i rows before',
    async (between) => {
      const name = `林${between}`;
      const phone = (last: number) => `1350013${between}00${last}`;
      const others = (part: number) =>
        Array.from(
          { length: between },
          (_, n) => `,谁${between}${part}${n},1350${part}${n}35${between}00\n`,
        );
      const bring = (rows: string[]) =>
        files.bring('customers', `no,name,mobile\n${rows.join('')}`, {
          duplicates: 'update',
          matchBy: ['no', 'number'],
        });
      const made = await bring([
        `L${between},${name},${phone(1)}\n`,
        ...others(1),
        `,${name},${phone(1)};${phone(2)}\n`,
        ...others(2),
        `,${name},${phone(2)}\n`,
      ]);
      expect(made.counts).toMatchObject({ new: 1 + 2 * between, updated: 1, unchanged: 1 });
      const added = await bring([
        `,${name},${phone(2)};${phone(3)}\n`,
        ...others(3),
        `,${name},${phone(3)}\n`,
      ]);
      expect(added.counts).toMatchObject({ new: between, updated: 1, unchanged: 1 });
      await customerNamed(name);
    },
  );

  it('tells what is wrong with which row, in the language of the reader', async () => {
    const text =
      'name,mobile,since,email\nAnn,12,,\nBo,13600136000,31.02.2024,\n,13600136001,,\nDee,,,no mail\nEve,13600136002,2024-02-01,eve@mail.example,more\n=cmd,13600136003,,\n';
    const { id } = await files.upload('customers', text);
    const preview = await files.preview(id);
    expect(preview.rows.map(({ fate }) => fate)).toEqual([
      'wrong',
      'wrong',
      'wrong',
      'wrong',
      'wrong',
      'new',
    ]);
    await files.start(id, 'run', preview.settings);
    const done = await files.until(id, 'done');
    expect(done.counts).toMatchObject({ rows: 6, wrong: 5, new: 1 });
    expect(done.counts?.reasons).toEqual({
      'not-a-phone': 1,
      'not-a-date': 1,
      missing: 1,
      'not-an-email': 1,
      'too-many-cells': 1,
    });
    expect((await files.problems(id)).split('\r\n').slice(0, 3)).toEqual([
      'Row,What is wrong,Name,Mobile,Customer since,E-mail',
      '2,Mobile: “12” is not a phone number,Ann,12,,',
      '3,Customer since: “31.02.2024” is not a date in the chosen order,Bo,13600136000,31.02.2024,',
    ]);
    expect(await files.problems(id, 'zh-CN')).toContain('手机：“12”不是电话号码');
  });

  it('gives back rows that begin with signs as they stood, for another try', async () => {
    const { id } = await files.upload('customers', "name,mobile\n'=x,12\n''=x,12\n=y,12\n");
    const { settings } = await files.preview(id);
    await files.start(id, 'run', settings);
    await files.until(id, 'done');
    const cells = (await files.problems(id)).split('\r\n').slice(1, 4);
    expect(cells.map((line) => line.split(',')[2])).toEqual([`"'=x"`, `"''=x"`, `"'=y"`]);
  });

  it('brings in numbers, orders and tickets of customers who are here', async () => {
    const numbers = await files.bring(
      'numbers',
      '客户编号,号码,用途,停用\nK1,010-87654321,办公,\nK9,13500135000,,\n',
    );
    expect(numbers.counts).toMatchObject({ new: 1, wrong: 1, reasons: { 'customer-unknown': 1 } });
    const orders = await files.bring(
      'orders',
      '订单号,客户电话,下单时间,商品,金额,状态\nD1,13800138000,2024-05-06 07:08,净水器,"¥1,299.00",已发货\nD2,13800138000,2024-05-07,滤芯,abc,\n',
    );
    expect(orders.counts).toMatchObject({ new: 1, wrong: 1, reasons: { 'not-an-amount': 1 } });
    const wang = await customerNamed('王小明');
    const [order] = await recordsOf('order');
    expect(order?.fields).toMatchObject({
      customerId: wang?.id,
      no: 'D1',
      amount: { minor: 129_900, currency: 'CNY' },
      state: 'shipped',
      at: new Date(2024, 4, 6, 7, 8).getTime(),
    });
    const tickets = await files.bring(
      'tickets',
      '工单号,客户编号,主题,分类,优先级,状态,受理时间,关闭时间\n20200000007,K1,漏水,净水器/漏水,紧急,已关闭,2024-05-06 10:00,2024-05-07 10:00\n,K1,水质,,,,,\n',
    );
    expect(tickets.counts).toMatchObject({ new: 2, wrong: 0 });
    let made: Change[] = [];
    const count = async () => {
      made = await recordsOf('ticket');
      return made.length;
    };
    // What is written again when their clocks are looked at may be held back once more.
    await expect.poll(count).toBe(2);
    expect(made.map(({ fields }) => fields.no).sort()[0]).toBe('20200000007');
    expect(made.every(({ fields }) => /^\d{11}$/.test(String(fields.no)))).toBe(true);
    const closed = made.find(({ fields }) => fields.no === '20200000007');
    expect(closed?.fields).toMatchObject({
      state: 'closed',
      priority: 'urgent',
      customerId: wang?.id,
    });
    const events = (await recordsOf('ticketEvent')).filter(
      ({ fields }) => fields.ticketId === closed?.id,
    );
    expect(events.map(({ fields }) => fields.name)).toEqual(['ticket.created', 'ticket.closed']);
    const kinds = (await recordsOf('contact')).map(({ fields }) => fields.kind);
    expect(kinds.sort()).toEqual(['order', 'ticket', 'ticket']);
  });

  it('takes out what it brought in, so that bringing it in again changes nothing', async () => {
    for (const kind of ['customers', 'numbers', 'orders', 'tickets'] as const) {
      for (const format of ['csv', 'xlsx'] as const) {
        for (const language of ['en', 'zh-CN'] as const) {
          const file = await files.export(`kind=${kind}&format=${format}&language=${language}`);
          const done = await files.bring(kind, file, { duplicates: 'update' });
          const { new: made, updated, reasons } = done.counts ?? { new: -1 };
          const what = { kind, format, language };
          expect({ ...what, made, updated }).toEqual({ ...what, made: 0, updated: 0 });
          // The two of one number, made on purpose above.
          const doubtful = ['customer-ambiguous', 'several-matches'];
          const others = Object.keys(reasons ?? {}).filter((reason) => !doubtful.includes(reason));
          expect({ ...what, others }).toEqual({ ...what, others: [] });
        }
      }
    }
  });

  it('is cancelled, and keeps what was written until then', async () => {
    // Thousands of batches of seven rows: it is never through when it is cancelled.
    const lines = Array.from({ length: 30_000 }, (_, row) => `Z${row},取消${row}`);
    const { id } = await files.upload('customers', `客户编号,姓名\n${lines.join('\n')}\n`);
    const { settings } = await files.preview(id);
    await files.start(id, 'run', settings);
    await files.untilWritten(id);
    const cancelled = await client.call<ImportView>('POST', `/api/imports/${id}/cancel`);
    expect(cancelled.body.state).toBe('cancelled');
    const brought = async () => {
      const all = await recordsOf('customer');
      return all.filter(({ fields }) => String(fields.no).startsWith('Z')).length;
    };
    // Other transactions of the cluster may hold the newest back from the feed for a moment.
    const made = cancelled.body.counts?.new ?? -1;
    await expect.poll(brought).toBe(made);
    expect(made).toBeLessThan(lines.length);
    expect((await client.call('POST', `/api/imports/${id}/run`, settings)).status).toBe(409);
    expect((await client.call('DELETE', `/api/imports/${id}`)).status).toBe(204);
    expect((await client.call('GET', `/api/imports/${id}`)).status).toBe(404);
  });

  it('takes a file in pieces, each once and in its order', async () => {
    const bytes = Buffer.from('姓名,手机\n分段,13700200030\n');
    const made = await client.call<ImportView>('POST', '/api/imports', {
      kind: 'customers',
      fileName: 'pieces.csv',
      size: bytes.length,
    });
    const { id } = made.body;
    await files.piece(id, 0, bytes.subarray(0, 5));
    await files.piece(id, 0, bytes.subarray(0, 5));
    await expect(files.piece(id, 9, bytes.subarray(9))).rejects.toThrow('conflict');
    await expect(files.piece(id, 5, Buffer.alloc(999))).rejects.toThrow('invalid-input');
    expect((await client.call('POST', `/api/imports/${id}/preview`, {})).status).toBe(409);
    expect((await files.piece(id, 5, bytes.subarray(5))).state).toBe('ready');
    expect((await files.preview(id)).rows).toMatchObject([
      { fate: 'new', cells: ['分段', '13700200030'] },
    ]);
  });

  it.each([
    ['a column twice', { columns: ['name', 'name'] }],
    ['a column without a field', { columns: ['name', 'nonsense'] }],
    ['no column for what is needed', { columns: [null, 'mobile'] }],
    ['a sheet that is no text', { sheet: 'a\0b' }],
    ['an encoding nobody knows', { encoding: 'utf-7' }],
  ])('refuses settings with %s', async (_, wrong) => {
    const { id } = await files.upload('customers', '姓名,手机\n错,13700200040\n');
    const { settings } = await files.preview(id);
    const answer = await client.call('POST', `/api/imports/${id}/run`, { ...settings, ...wrong });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-input']);
  });

  it('tells of a file that cannot be read, and stops where it cannot be read further', async () => {
    const unreadable = await files.upload(
      'customers',
      Buffer.from('PK\u0003\u0004 no archive'),
      'a.xlsx',
    );
    expect((await files.preview(unreadable.id)).failure).toEqual({
      failure: 'not-a-workbook',
      row: null,
    });
    const rows = Array.from({ length: 40 }, (_, row) => `未关${row},1370030${1000 + row}`);
    const { id } = await files.upload('customers', `姓名,手机\n${rows.join('\n')}\n"未关,1\n`);
    const { settings } = await files.preview(id);
    await files.start(id, 'run', settings);
    const failed = await files.until(id, 'failed');
    expect(failed.failure).toEqual({ failure: 'quote-not-closed', row: 42 });
    await files.start(id, 'run', settings);
    const again = await files.until(id, 'failed');
    expect(again.counts).toEqual(failed.counts);
  });

  it('updates the first of several orders with one number', async () => {
    const order = (title: string) =>
      `客户编号,订单号,下单时间,商品,金额\nK1,TW-1,2024-05-06,${title},5\n`;
    await files.bring('orders', order('first'));
    for (const title of ['second', 'third']) {
      await files.bring('orders', order(title), { duplicates: 'flag' });
    }
    await files.bring('orders', order('mended'), { duplicates: 'update' });
    const orders = (await recordsOf('order')).filter(({ fields }) => fields.no === 'TW-1');
    expect(orders.map(({ fields }) => fields.title).sort()).toEqual(['mended', 'second', 'third']);
  });

  it('lets only those in who may', async () => {
    const supervisor = new ServerClient(server.url);
    await supervisor.signIn(loginOf('supervisor'));
    expect((await supervisor.call('GET', '/api/imports')).status).toBe(403);
    expect(
      (await new ImportClient(supervisor).export('kind=orders&format=csv')).length,
    ).toBeGreaterThan(100);
    const agent = new ServerClient(server.url);
    await agent.signIn(loginOf('agent'));
    expect((await agent.call('GET', '/api/imports')).status).toBe(403);
    const refused = await agent.call('GET', '/api/exports?kind=orders&format=csv');
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
    const audit = await supervisor.call<{ entries: { action: string; detail?: string }[] }>(
      'GET',
      '/api/audit?about=data&limit=5',
    );
    expect(audit.body.entries.slice(0, 2).map(({ action, detail }) => [action, detail])).toEqual([
      ['data.exported', 'orders csv 4'],
      ['data.export.asked', 'orders csv'],
    ]);
  });
});

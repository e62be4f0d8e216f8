import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import type { ImportKind, ImportWishes } from '#shared/sync/importing.ts';
import { fieldsOf } from '../fields/catalog.ts';
import { detectColumns, detectFormat, headRows } from './detect.ts';

async function detected(kind: ImportKind, bytes: Uint8Array | string, wishes: ImportWishes = {}) {
  const head = { bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes, whole: true };
  const { settings, certainty } = await detectFormat(head, wishes);
  const rows = settings.format === 'csv' ? await headRows(head, settings) : [];
  const fields = fieldsOf(kind, defaultConfiguration);
  const columns = detectColumns(kind, rows, settings, wishes, fields, 2026);
  return { ...columns.settings, certainty: { ...certainty, ...columns.certainty } };
}

const gb = Buffer.from('d0d5c3fb2ccad6bbfa0acdf5d0a1c3f72c3133383030313338303030', 'hex');

describe('detection', () => {
  it.each<[string, Uint8Array | string, object]>([
    [
      'plain',
      'name,phone\nAnn,13800138000\n',
      { encoding: 'utf-8', delimiter: ',', header: true, columns: ['name', 'phone'] },
    ],
    ['GB18030', gb, { encoding: 'gb18030', columns: ['name', 'mobile'] }],
    [
      'UTF-16 LE with a mark',
      Buffer.from('\ufeff姓名\t手机\n王\t1\n', 'utf16le'),
      { encoding: 'utf-16le', delimiter: '\t', columns: ['name', 'mobile'] },
    ],
    [
      'UTF-16 BE without one',
      Buffer.from('name|city\nAnn|Bonn\n', 'utf16le').swap16(),
      { encoding: 'utf-16be', delimiter: '|' },
    ],
    [
      'western',
      Buffer.from('Name;Telefon\nMüller;030 1234567\n', 'latin1'),
      { encoding: 'windows-1252', delimiter: ';' },
    ],
    [
      'no header',
      '王小明,13800138000,a@mail.example\n李雷,13900139000,b@mail.example\n',
      { header: false, columns: ['name', 'mobile', 'email'] },
    ],
    ['days first', 'name,since\nA,13.02.2024\nB,01.02.2024\n', { dateOrder: 'dmy' }],
    ['months first', 'name,since\nA,02/13/2024\n', { dateOrder: 'mdy' }],
    [
      'headers twice',
      'name,name,phone,phone\nA,B,1,2\n',
      { columns: ['name', null, 'phone', 'phone'] },
    ],
    [
      'a header with marks',
      '* 客户姓名 ：,手机号码(必填)\n王,1\n',
      { columns: ['name', 'mobile'] },
    ],
    ['only a header', 'name,phone\n', { header: true, columns: ['name', 'phone'] }],
    ['cards', 'BEGIN:VCARD\nFN:A\nEND:VCARD\n', { format: 'vcard' }],
  ])('%s', async (_, bytes, expected) => {
    expect(await detected('customers', bytes)).toMatchObject(expected);
  });

  it('of a decimal mark', async () => {
    const text = '订单号;日期;金额\n1;2024-01-02;1.234,50\n';
    expect(await detected('orders', text)).toMatchObject({
      decimal: ',',
      columns: ['no', 'at', 'amount'],
    });
  });

  it('gives way to what was chosen', async () => {
    const found = await detected('customers', 'name,phone\nAnn,1\n', {
      delimiter: ';',
      header: false,
    });
    expect(found).toMatchObject({
      delimiter: ';',
      header: false,
      certainty: { delimiter: 'chosen' },
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['an XLS', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'not-a-workbook'],
  ])('refuses %s', async (_, bytes, failure) => {
    await expect(detected('customers', bytes)).rejects.toMatchObject({ failure });
  });
});

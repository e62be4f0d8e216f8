import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { tellFailures } from '../support/failureStory.ts';
import { DeskPage } from './pages/desk.ts';

/** A file comes in and goes out through the window alone. */
let centre: CallCentre;
let window: DeskWindow;

beforeAll(async () => {
  centre = await startCallCentre();
  window = await openDesk(centre, 'importing');
  await new DeskPage(window.page).signIn.practiseAs('admin');
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await centre?.stop();
});

tellFailures('importing', () => ({ centre, windows: [window] }));

const at = (testId: string) => window.page.getByTestId(testId);
const counted = async (fate: string) => (await at(`count-${fate}`).innerText()).split(/\s+/).at(-1);

describe('imports and exports in the window', () => {
  it('shows how a file is read, tries it, brings it in and hands out what was wrong', async () => {
    await at('nav-importing').click();
    const text = '姓名;手机;备注\n测试一;13712345001;好\n测试二;12;\n测试三;13712345003;"a;b"\n';
    await at('import-file').setInputFiles({
      name: '客户.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    });
    await at('import-table').waitFor();
    expect(await at('import-delimiter').inputValue()).toBe(';');
    expect(await at('import-column-1').inputValue()).toBe('mobile');
    await at('import-column-2').selectOption('');
    await at('import-check').click();
    await at('import-result').waitFor();
    await at('import-run').waitFor();
    expect(await counted('new')).toBe('2');
    expect(await counted('wrong')).toBe('1');
    await at('import-run').click();
    await at('import-remove').waitFor();
    expect(await counted('new')).toBe('2');
    const saved = window.page.waitForEvent('download');
    await at('import-errors').click();
    const file = readFileSync(await (await saved).path(), 'utf8');
    expect(file.split('\r\n')[1]).toMatch(/^3,.*12.*,测试二,12,/);
    expect(window.errors).toEqual([]);
  });

  it('takes records out into a file', async () => {
    await window.page.goto(`${new URL(window.page.url()).origin}/#/importing/export`);
    const saved = window.page.waitForEvent('download');
    await at('export-start').click();
    const file = readFileSync(await (await saved).path());
    expect(file.subarray(0, 2).toString()).toBe('PK');
    expect(file.length).toBeGreaterThan(2_000);
  });
});

import { act, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import type { Role } from '#shared/domain/permissions.ts';
import { fail, ok } from '#shared/result.ts';
import type { ImportCounts, ImportPreview, ImportView } from '#shared/sync/importing.ts';
import { deskStore } from '../../store/desk.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { ImportingPage } from './ImportingPage.tsx';

const settings: ImportPreview['settings'] = {
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ';',
  quote: '"',
  header: true,
  sheet: null,
  dateOrder: 'ymd',
  decimal: '.',
  columns: ['name', 'mobile'],
  duplicates: 'skip',
  matchBy: ['no', 'number', 'email'],
};
const counts: ImportCounts = {
  rows: 3,
  new: 2,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  flagged: 0,
  wrong: 1,
  reasons: { 'not-a-phone': 1 },
};
const view: ImportView = {
  id: uuid(1),
  no: 7,
  kind: 'customers',
  fileName: 'people.csv',
  state: 'ready',
  size: 100,
  received: 100,
  settings: null,
  counts: null,
  progress: null,
  failure: null,
  createdAt: 1_000,
  createdByName: 'Admin',
  endedAt: null,
};
const preview: ImportPreview = {
  settings,
  certainty: {
    format: 'sure',
    encoding: 'sure',
    delimiter: 'likely',
    quote: 'guess',
    header: 'sure',
    sheet: 'guess',
    dateOrder: 'guess',
    decimal: 'guess',
  },
  columns: ['姓名', '手机'],
  sheets: [],
  fields: ['name', 'mobile', 'email'].map((field) => ({
    field,
    label: null,
    required: field === 'name',
    several: false,
  })),
  rows: [
    {
      row: 2,
      fate: 'wrong',
      cells: ['A', '12'],
      values: ['A', null],
      problems: [{ reason: 'not-a-phone', field: 'mobile', value: '12' }],
    },
  ],
  missing: [],
  failure: null,
};
const unreachable = fail('server-unreachable', 'no answer');

afterEach(cleanup);

function open(hash: string, answers: Parameters<typeof testDesk>[0], role: Role = 'administrator') {
  window.location.hash = hash;
  const desk = testDesk(answers);
  renderOnDesk(<ImportingPage />, desk.bridge);
  const { session } = deskStore.getState();
  const { user: signedIn } = session;
  if (!signedIn) throw new Error('nobody is signed in');
  act(() => {
    deskStore.setState({ connected: true, session: { ...session, user: { ...signedIn, role } } });
  });
  return { desk, user: userEvent.setup() };
}

/** A desk whose import is in the states that the test gives it. */
function openImport(first: Partial<ImportView>, answers: Parameters<typeof testDesk>[0] = {}) {
  const held = { view: { ...view, ...first } };
  const opened = open(`#/importing/${view.id}`, {
    'importing.find': () => ok(held.view),
    'importing.list': () => ok([held.view]),
    'importing.preview': () => ok(preview),
    'importing.remove': () => ok({}),
    ...answers,
  });
  return { ...opened, held };
}

const fileOf = (text: string) => new File([text], 'people.csv', { type: 'text/csv' });

it('takes a file, sends it in pieces, and goes to it; the focus goes along', async () => {
  const { desk, user } = open('#/importing', {
    'importing.list': () => ok([]),
    'importing.create': () => ok({ ...view, size: 4, received: 0, state: 'uploading' }),
    'importing.upload': () => ok({ ...view, size: 4, received: 4 }),
    'importing.find': () => ok(view),
    'importing.preview': () => ok(preview),
  });
  await screen.findByText('Nothing has been imported yet');
  await user.click(screen.getByRole('radio', { name: 'Tickets' }));
  await user.upload(screen.getByTestId('import-file'), fileOf('Name'));
  const heading = await screen.findByRole('heading', { name: 'people.csv' });
  expect(desk.inputsOf('importing.create')).toEqual([
    { kind: 'tickets', fileName: 'people.csv', size: 4, language: 'en' },
  ]);
  expect(desk.inputsOf('importing.upload')).toEqual([
    { importId: view.id, offset: 0, base64: btoa('Name') },
  ]);
  await waitFor(() => expect(document.activeElement).toBe(heading));
});

it('refuses an empty file itself', async () => {
  const { desk, user } = open('#/importing', { 'importing.list': () => ok([]) });
  await user.upload(screen.getByTestId('import-file'), fileOf(''));
  expect((await screen.findByRole('alert')).textContent).toBe('The file is empty');
  expect(desk.inputsOf('importing.create')).toEqual([]);
});

it('goes on with an upload that stopped', async () => {
  let isUp = false;
  const { desk, user } = open('#/importing', {
    'importing.list': () => ok([]),
    'importing.create': () => ok({ ...view, size: 4, received: 0, state: 'uploading' }),
    'importing.upload': () => (isUp ? ok({ ...view, size: 4, received: 4 }) : unreachable),
    'importing.find': () => ok(view),
    'importing.preview': () => ok(preview),
  });
  await user.upload(screen.getByTestId('import-file'), fileOf('Name'));
  expect((await screen.findByRole('alert')).textContent).toContain('The upload stopped');
  isUp = true;
  await user.click(screen.getByRole('button', { name: 'Go on' }));
  await screen.findByTestId('import-table');
  expect(desk.inputsOf('importing.create')).toHaveLength(1);
});

it('shows that the imports cannot be read, and reads them again', async () => {
  let isUp = false;
  const { user } = open('#/importing', {
    'importing.list': () => (isUp ? ok([{ ...view, state: 'done', counts }]) : unreachable),
  });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('The server cannot be reached.');
  isUp = true;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  const item = await screen.findByTestId('import');
  expect(item.textContent).toContain('people.csvDoneCustomers3 rows');
});

it('maps columns, and marks the value that is wrong', async () => {
  const { desk, user } = openImport({});
  const table = await screen.findByTestId('import-table');
  expect(table.querySelectorAll('[data-wrong="true"]')).toHaveLength(1);
  expect(table.textContent).toContain('Mobile: “12” is not a phone number');
  await user.selectOptions(screen.getByTestId('import-column-1'), 'email');
  await user.selectOptions(screen.getByTestId('import-delimiter'), 'Comma');
  const wishes = desk
    .inputsOf('importing.preview')
    .map((input) => (input as { wishes: unknown }).wishes);
  // Columns that were chosen mean nothing where the file is cut otherwise.
  expect(wishes).toEqual([{}, { columns: ['name', 'email'] }, { delimiter: ',' }]);
});

it('leads to the columns where a needed field has none', async () => {
  const missing = {
    ...preview,
    settings: { ...settings, columns: ['mobile', null] },
    missing: ['name'],
  };
  const { desk, user } = openImport({}, { 'importing.preview': () => ok(missing) });
  await screen.findByText('Needed: Name');
  await user.click(screen.getByTestId('import-check'));
  expect(document.activeElement).toBe(screen.getByTestId('import-column-1'));
  expect(desk.inputsOf('importing.check')).toEqual([]);
});

it('keeps what was chosen while the server is away', async () => {
  let isUp = true;
  const { user } = openImport(
    {},
    { 'importing.preview': () => (isUp ? ok(preview) : unreachable) },
  );
  await screen.findByTestId('import-table');
  isUp = false;
  await user.selectOptions(screen.getByTestId('import-column-1'), 'email');
  expect((await screen.findByRole('alert')).textContent).toContain('The file cannot be looked at');
  expect(screen.getByTestId('import-column-1')).toHaveProperty('value', 'email');
  expect(screen.getByTestId('import-run')).toHaveProperty('disabled', true);
});

it('checks, tells what would happen, and imports', async () => {
  const { desk, user, held } = openImport(
    {},
    {
      'importing.check': () => {
        held.view = { ...view, state: 'checked', counts, settings };
        return ok(held.view);
      },
      'importing.run': () => {
        held.view = { ...view, state: 'done', counts };
        return ok(held.view);
      },
    },
  );
  await user.click(await screen.findByTestId('import-check'));
  expect((await screen.findByTestId('import-result')).textContent).toContain(
    'What would happen3 rows',
  );
  await user.click(await screen.findByTestId('import-run'));
  await screen.findByText('What happened');
  expect(desk.inputsOf('importing.run')).toEqual([{ importId: view.id, settings }]);
  expect(screen.queryByTestId('import-table')).toBeNull();
  expect(screen.getByTestId('import-errors')).toBeDefined();
});

it('asks before a running import is cancelled, by keyboard', async () => {
  const { desk, user, held } = openImport(
    { state: 'running', progress: 0.4, counts },
    {
      'importing.cancel': () => {
        held.view = { ...view, state: 'cancelled', counts };
        return ok(held.view);
      },
    },
  );
  const cancel = await screen.findByTestId('import-cancel');
  expect(screen.getByText('40 %')).toBeDefined();
  cancel.focus();
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(screen.getByTestId('asked-no'));
  await user.keyboard('{Escape}');
  expect(document.activeElement).toBe(cancel);
  expect(desk.inputsOf('importing.cancel')).toEqual([]);
  await user.keyboard('{Enter}{Shift>}{Tab}{/Shift}{Enter}');
  await screen.findByText('Cancelled');
  expect(desk.inputsOf('importing.cancel')).toEqual([{ importId: view.id }]);
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'people.csv' }));
});

it('goes on only where that can help', async () => {
  openImport({ state: 'failed', failure: { failure: 'quote-not-closed', row: 9 } });
  expect((await screen.findByRole('alert')).textContent).toContain(
    'A quote in row 9 is never closed',
  );
  expect(screen.queryByTestId('import-go-on')).toBeNull();
  cleanup();
  openImport({ state: 'failed', failure: { failure: 'disk-full', row: null }, settings });
  expect(await screen.findByTestId('import-go-on')).toBeDefined();
});

it('asks before an import is removed', async () => {
  const { desk, user } = openImport({ state: 'done', counts });
  await user.click(await screen.findByTestId('import-remove'));
  expect(screen.getByRole('alertdialog').textContent).toContain('What it wrote stays.');
  await user.click(screen.getByTestId('asked-yes'));
  await screen.findByTestId('import-drop');
  expect(desk.inputsOf('importing.remove')).toEqual([{ importId: view.id }]);
});

it('says that an export stopped', async () => {
  const { user } = open(
    '#/importing/export',
    {
      'exporting.open': () => ok({ downloadId: uuid(9), fileName: 'customers.csv' }),
      'files.next': () => unreachable,
    },
    'supervisor',
  );
  expect(screen.queryByRole('radio', { name: 'Import' })).toBeNull();
  await user.click(screen.getByTestId('export-start'));
  expect((await screen.findByRole('alert')).textContent).toContain('The export stopped');
});

it('does not hand out a file that the browser had no room for', async () => {
  const unread = vi
    .spyOn(Blob.prototype, 'arrayBuffer')
    .mockRejectedValue(new Error('not readable'));
  const pieces = [btoa('a,b'), null];
  const { user } = open('#/importing/export', {
    'exporting.open': () => ok({ downloadId: uuid(9), fileName: 'customers.csv' }),
    'files.next': () => ok({ base64: pieces.shift() ?? null }),
  });
  await user.click(screen.getByTestId('export-start'));
  expect((await screen.findByRole('alert')).textContent).toContain('The disk of this PC is full.');
  unread.mockRestore();
});

it('gives an upload up, and leaves nothing of it', async () => {
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { desk, user } = open('#/importing', {
    'importing.list': () => ok([]),
    'importing.create': () => ok({ ...view, size: 4, received: 0, state: 'uploading' }),
    'importing.upload': () => ok({ ...view, size: 4, received: 4 }),
    'importing.remove': () => ok({}),
  });
  const { invoke } = desk.bridge;
  desk.bridge.invoke = async (name, input) => {
    if (name === 'importing.upload') await held;
    return invoke(name, input);
  };
  await user.upload(screen.getByTestId('import-file'), fileOf('Name'));
  await user.click(await screen.findByTestId('import-stop'));
  await waitFor(() => expect(desk.inputsOf('importing.remove')).toEqual([{ importId: view.id }]));
  answer();
  expect(await screen.findByTestId('import-choose')).toBe(document.activeElement);
});

import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputOf } from '#shared/contract/contract.ts';
import { usualPhone } from '#shared/domain/configuration.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import type { SettingState } from '#shared/sync/settings.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { AdministrationPage } from './AdministrationPage.tsx';

const categories = defaultConfiguration.ticketCategories.slice(0, 3);
const first = { ...defaultConfiguration, ticketCategories: categories };

/** A centre with one part in one version, which somebody else may have changed meanwhile. */
function centre() {
  let state: SettingState = { key: 'configuration', value: first, version: 3 };
  return {
    state: () => state,
    overtake: () => {
      state = { ...state, value: { ...first, currency: 'EUR' }, version: state.version + 1 };
    },
    'configuration.read': (): Result<SettingState> => ok(state),
    'configuration.save': (input: InputOf<'configuration.save'>): Result<SettingState> => {
      if (input.version !== state.version) return fail('conflict', 'changed');
      state = { ...state, value: input.value, version: state.version + 1 };
      return ok(state);
    },
    'configuration.versions': () => ok([{ version: 3, at: 1_000, byId: uuid(1), byName: 'Admin' }]),
    'configuration.version': (): Result<SettingState> =>
      ok({ ...state, value: { ...first, currency: 'USD' } }),
  };
}

type Centre = ReturnType<typeof centre>;

function open({ state: _, overtake: __, ...answers }: Centre, drafts = new Map<string, string>()) {
  const desk = testDesk(answers, drafts);
  renderOnDesk(<AdministrationPage />, desk.bridge);
  return { desk, user: userEvent.setup() };
}

const row = async (index: number) => {
  const rows = await screen.findAllByTestId('tree-row');
  return within(rows[index] ?? document.body);
};

beforeEach(() => {
  window.location.hash = '#/administration/categories';
});
afterEach(cleanup);

it('saves what was changed for everybody, and what is wrong is told in its row', async () => {
  const there = centre();
  const { user } = open(there);
  const english = (await row(0)).getByTestId('path-en');
  await user.clear(english);
  await user.type(english, 'Repair / Leak / Pipe / x / y / z{Enter}');
  expect((await row(0)).getByRole('alert').textContent).toContain('same number of levels');
  expect(screen.getByTestId<HTMLButtonElement>('setting-save').disabled).toBe(true);
  await user.clear(english);
  await user.type(english, `Pipes / Burst{Enter}`);
  const chinese = (await row(0)).getByTestId('path-zh-CN');
  await user.clear(chinese);
  await user.type(chinese, '管道 / 爆裂{Enter}');
  await user.click((await row(1)).getByTestId('tree-retire'));
  await user.click(screen.getByTestId('setting-save'));
  await waitFor(() => expect(there.state().version).toBe(4));
  expect(there.state().value.ticketCategories).toEqual([
    {
      ...categories[0],
      path: [
        { en: 'Pipes', 'zh-CN': '管道' },
        { en: 'Burst', 'zh-CN': '爆裂' },
      ],
    },
    { ...categories[1], retired: true },
    categories[2],
  ]);
});

it('keeps what was typed over a reload, and lets choose where somebody else was faster', async () => {
  const there = centre();
  const drafts = new Map<string, string>();
  const { user } = open(there, drafts);
  await user.click((await row(0)).getByTestId('tree-retire'));
  await waitFor(() => expect(drafts.has('configuration:configuration')).toBe(true));
  cleanup();
  there.overtake();
  const again = open(there, drafts);
  await again.user.click(await screen.findByTestId('setting-mine'));
  await again.user.click(screen.getByTestId('setting-save'));
  await waitFor(() => expect(there.state().version).toBe(5));
  expect(there.state().value.ticketCategories).toMatchObject([{ retired: true }, {}, {}]);
});

it('takes an earlier version as a new beginning', async () => {
  const there = centre();
  const { user } = open({
    ...there,
    'configuration.versions': () => ok([{ version: 2, at: 500, byId: uuid(1), byName: '' }]),
  });
  await user.click(await screen.findByTestId('setting-history'));
  await user.click(await screen.findByTestId('take-2'));
  await user.click(screen.getByTestId('setting-save'));
  await waitFor(() => expect(there.state().value.currency).toBe('USD'));
});

describe('pages that share one part', () => {
  const goTo = (page: string) => {
    window.location.hash = `#/administration/${page}`;
  };

  it('are saved together, and given up one by one', async () => {
    const there = centre();
    goTo('centre');
    const { user } = open(there);
    await user.selectOptions(await screen.findByTestId('currency'), 'EUR');
    goTo('phones');
    await user.selectOptions(await screen.findByTestId('waiting-calls'), '3');
    expect(screen.getByTestId('setting-beside').textContent).toContain('Centre');
    await user.click(screen.getByTestId('setting-discard'));
    expect(screen.getByTestId<HTMLSelectElement>('waiting-calls').value).toBe('1');
    await user.click(screen.getByTestId('setting-save'));
    await waitFor(() => expect(there.state().value.currency).toBe('EUR'));
    expect(there.state().value.phone).toEqual(first.phone);
  });

  it('keep what is typed after saving, also on the next page and over a reload', async () => {
    const there = centre();
    const drafts = new Map<string, string>();
    goTo('centre');
    const { user } = open(there, drafts);
    await user.selectOptions(await screen.findByTestId('currency'), 'EUR');
    await user.click(screen.getByTestId('setting-save'));
    await waitFor(() => expect(there.state().version).toBe(4));
    await user.selectOptions(screen.getByTestId('currency'), 'HKD');
    goTo('phones');
    await user.selectOptions(await screen.findByTestId('waiting-calls'), '3');
    const kept = () => JSON.parse(drafts.get('configuration:configuration') ?? '{}');
    await waitFor(() => expect(kept().value?.phone.waitingCalls).toBe(3));
    cleanup();
    const again = open(there, drafts);
    expect((await screen.findByTestId('setting-beside')).textContent).toContain('Centre');
    await again.user.click(screen.getByTestId('setting-save'));
    await waitFor(() => expect(there.state().value).toMatchObject({ currency: 'HKD' }));
  });

  it('give up also what could not be taken', async () => {
    goTo('queues');
    const { user } = open(centre());
    const times = () => screen.findAllByTestId<HTMLInputElement>('queue-after-call');
    const [time] = await times();
    const [other] = screen.getAllByTestId('queue-auto-answer');
    if (!time || !other) throw new Error('there are no queues');
    await user.type(time, 'x');
    await user.click(other);
    await user.click(screen.getByTestId('setting-discard'));
    expect((await times())[0]?.value).toBe('60');
  });

  it('save nothing while a field is wrong, and go to it', async () => {
    const there = centre();
    goTo('queues');
    const { user } = open(there);
    await user.click(await screen.findByTestId('add-queue'));
    await user.type(screen.getAllByTestId('queue-id').at(-1) ?? document.body, 'vip');
    await user.keyboard('{Control>}s{/Control}');
    const name = screen.getAllByTestId('queue-en').at(-1);
    expect(document.activeElement).toBe(name);
    expect(name?.getAttribute('aria-invalid')).toBe('true');
    expect(there.state().version).toBe(3);
  });

  it('name the page on which something is wrong, and lead to it', async () => {
    const there = centre();
    goTo('queues');
    const { user } = open({
      ...there,
      'configuration.save': () => fail('invalid-input', 'phone.callerIds.0.number: form'),
    });
    await user.click((await screen.findAllByTestId('queue-retire'))[0] ?? document.body);
    await user.click(screen.getByTestId('setting-save'));
    expect((await screen.findByRole('alert')).textContent).toContain('“Phones”');
    await user.click(screen.getByTestId('setting-look'));
    expect(await screen.findByTestId('echo-number')).toBeTruthy();
  });

  it('show queues that an earlier version does not know as retired', async () => {
    const there = centre();
    goTo('queues');
    const [only] = first.queues;
    const { phone: _, ...older } = { ...first, queues: [only] };
    const { user } = open({
      ...there,
      'configuration.versions': () => ok([{ version: 1, at: 500, byId: uuid(1), byName: '' }]),
      'configuration.version': () => ok({ ...there.state(), value: older }),
    });
    await user.click(await screen.findByTestId('setting-history'));
    await user.click(await screen.findByTestId('take-1'));
    expect(await screen.findAllByTestId('retired-queue')).toHaveLength(first.queues.length - 1);
    await user.click(screen.getByTestId('setting-save'));
    await waitFor(() => expect(there.state().value.phone).toEqual(usualPhone));
    expect(there.state().value.queues).toHaveLength(first.queues.length);
  });
});

it('says so where the centre cannot be asked', async () => {
  open({ ...centre(), 'configuration.read': () => fail('server-unreachable', 'down') });
  expect(await screen.findByText('The centre cannot be asked now')).toBeTruthy();
});

import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '#shared/domain/permissions.ts';
import { ok } from '#shared/result.ts';
import type { BoardSnapshot } from '#shared/sync/board.ts';
import { boardStore } from '../../store/board.ts';
import { emptyBoard } from '../../store/boardState.ts';
import { deskStore } from '../../store/desk.ts';
import { windowStore } from '../../store/window.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { AlertWatch } from './alerts/AlertWatch.tsx';
import { BoardPage } from './BoardPage.tsx';
import { choiceStore, usualChoice } from './boardChoice.ts';
import { aBoard, aBoardAgent, aBoardCall, aBoardQueue, showBoard } from './testBoard.ts';

const patient = { timeout: 60_000 };
const minuteMs = 60_000;
const asked: string[] = [];
const ines = aBoardAgent(1).agentId;

/** Three queues: one that fails its target with callers, one on target, one without calls. */
function busyBoard(): BoardSnapshot {
  const now = Date.now();
  return aBoard({
    at: now,
    dayFrom: now - 8 * 60 * minuteMs,
    queues: [
      aBoardQueue('support', {
        offered: 10,
        answered: 6,
        levelBase: 9,
        answeredInTime: 4,
        abandoned: 4,
      }),
      aBoardQueue('orders', { offered: 4, answered: 4, levelBase: 4, answeredInTime: 4 }),
      aBoardQueue('sales'),
    ],
    agents: [
      aBoardAgent(1, {
        name: 'Ines Prado',
        state: 'onCall',
        since: now - 30 * minuteMs,
        callRef: 'talk',
      }),
      aBoardAgent(2, {
        name: 'Hana Sato',
        state: 'ready',
        since: now,
        teamId: 'east',
        queueIds: ['orders'],
      }),
      aBoardAgent(3, { name: 'Omar Haddad', state: 'signedOut' }),
    ],
    calls: [
      aBoardCall('talk', {
        ...{ state: 'talking', enteredAt: now, answeredAt: now, caller: '111' },
        ...{ who: { customerId: uuid(10), name: 'Wing Ltd' }, agentId: ines },
      }),
      aBoardCall('a', { enteredAt: now, caller: '138 1234 5678', who: { customers: 3 } }),
      ...['b', 'c'].map((ref) => aBoardCall(ref, { enteredAt: now, caller: ref })),
    ],
  });
}

beforeEach(() => {
  asked.length = 0;
  window.location.hash = '#/board';
  choiceStore.setState(usualChoice, true);
  boardStore.setState(emptyBoard, true);
});
afterEach(cleanup);

function open(role: Role = 'quality', board: BoardSnapshot | null = busyBoard()) {
  const desk = testDesk({
    'board.curve': () => ok({ today: [], yesterday: [], lastWeek: [] }),
    'team.audit': () => ok([]),
    'intervention.queues': () =>
      ok({ queues: [{ queueId: 'orders', penalty: 2 }], pbx: 'same', refused: [] }),
    'intervention.setQueues': ({ queues }) => {
      asked.push(queues.map(({ queueId, penalty }) => `${queueId}:${penalty}`).join(' '));
      return ok({ queues, pbx: 'same', refused: [] });
    },
    'intervention.setState': ({ rest }) => {
      asked.push(rest.state);
      return ok({ effect: 'now' });
    },
    'team.listen': ({ mode }) => {
      asked.push(mode);
      return ok({});
    },
  });
  // For who leads a team the shell judges; it is not there.
  const shell = role === 'supervisor' ? <AlertWatch calls={false} /> : null;
  renderOnDesk(
    <>
      <BoardPage />
      {shell}
    </>,
    desk.bridge,
  );
  act(() => {
    deskStore.setState((state) => ({
      phone: { ...state.phone, state: 'registered' },
      supervision: { connector: { state: 'connected', since: 0 }, listening: null },
      session: { ...state.session, user: state.session.user && { ...state.session.user, role } },
    }));
    if (board) showBoard(board);
  });
  return userEvent.setup();
}

describe('the board', () => {
  it('shows queues against their targets, with the denominator named', async () => {
    open();
    const tile = await screen.findByTestId('queue-tile-support', undefined, patient);
    for (const words of ['3waiting', '44 %', 'target 80 %', 'of 9 offered', '40 %']) {
      expect(tile.textContent).toContain(words);
    }
    expect(screen.getByTestId('queue-tile-orders').textContent).toContain('On target');
    expect(screen.getByTestId('queue-tile-sales').textContent).toContain('No calls yet');
  });

  it('comes to the queues once with Tab, and goes from one to the next by arrows', async () => {
    const user = open();
    const tile = await screen.findByTestId('queue-tile-support', undefined, patient);
    const tiles = within(screen.getByRole('region', { name: 'Queues' })).getAllByRole('button');
    expect(tiles.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    within(tile).getByRole('button').focus();
    await user.keyboard('{Home}{ArrowRight}');
    expect(document.activeElement).toBe(tiles[1]);
    expect(tiles.filter(({ tabIndex }) => tabIndex === 0)).toEqual([tiles[1]]);
  });

  it('colours, marks and lists what is over a threshold', async () => {
    open();
    const tile = await screen.findByTestId('queue-tile-support', undefined, patient);
    await waitFor(() => expect(tile.dataset.level).toBe('alarm'), patient);
    expect(within(tile).getByTestId('queue-standing').textContent).toBe('36 points short');
    const alerts = screen.getAllByTestId('board-alert').map(({ dataset }) => dataset.alert);
    expect(alerts).toContain('queue:support:serviceLevel');
    expect(alerts).toContain('queue:support:waiting');
    const agent = alerts.find((id) => id?.endsWith(':onCall'));
    expect(agent).toBeDefined();
    expect(
      screen.getByRole('group', { name: /Ines Prado, On call, over the limit/u }),
    ).toBeTruthy();
  });

  it('filters agents and calls by queue, and finds who is signed out', async () => {
    const user = open();
    await user.click(await screen.findByRole('button', { name: 'Orders and billing' }, patient));
    expect(screen.getAllByTestId('agent-tile').map(({ ariaLabel }) => ariaLabel)).toHaveLength(1);
    expect(screen.queryAllByTestId('board-call')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Orders and billing' }));
    await user.click(screen.getByTestId('with-signed-out'));
    expect(screen.getAllByTestId('agent-tile')).toHaveLength(3);
    expect(screen.getAllByTestId('board-call').map(({ dataset }) => dataset.state)).toEqual([
      ...['waiting', 'waiting', 'waiting', 'talking'],
    ]);
  });

  it('listens by key to the call of the tile with the focus, and asks before it barges in', async () => {
    const user = open('supervisor');
    const [tile] = await screen.findAllByTestId('agent-tile', undefined, patient);
    act(() => tile?.focus());
    await user.keyboard('l');
    await user.keyboard('w');
    await user.keyboard('b');
    await waitFor(() => expect(asked).toEqual(['listen', 'whisper']), patient);
    await user.click(await screen.findByTestId('barge-yes', undefined, patient));
    await waitFor(() => expect(asked).toEqual(['listen', 'whisper', 'barge']), patient);
  });

  it('names callers whom the desk knows, in the list and with their agents', async () => {
    open();
    const rows = await screen.findAllByTestId('board-call', undefined, patient);
    const textOf = (ref: string) =>
      rows.find(({ dataset }) => dataset.call === ref)?.textContent ?? '';
    expect(textOf('talk')).toContain('Wing Ltd');
    expect(textOf('talk')).toContain('111');
    expect(textOf('a')).toContain('3 customers');
    expect(textOf('a')).toContain('138 1234 5678');
    expect(screen.getByRole('group', { name: /Ines Prado.*Wing Ltd/u })).toBeTruthy();
  });

  it('finds hands for a queue over its limit, and adds one by a click, or takes it back', async () => {
    const board = busyBoard();
    const atLunch = { state: 'break', reason: 'lunch', since: board.at } as const;
    const lin = aBoardAgent(4, { name: 'Lin Wei', queueIds: ['orders'], ...atLunch });
    const user = open('supervisor', { ...board, agents: [...board.agents, lin] });
    const alerts = await screen.findAllByTestId('board-alert', undefined, patient);
    const alert = alerts.find(({ dataset }) => dataset.alert === 'queue:support:waiting');
    if (!alert) throw new Error('no alert');
    await user.click(within(alert).getByTestId('alert-help'));
    const hands = await screen.findByTestId('hands', undefined, patient);
    expect(hands.textContent).toContain('3 waiting');
    // Who takes these calls already, or is not there, is no help.
    const shown = within(hands).getAllByTestId('hand');
    expect(shown.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Hana Sato.*Ready · Orders and billing/u),
      expect.stringMatching(/^Lin Wei.*Lunch · Orders and billing/u),
    ]);
    const add = within(hands).getByRole('button', { name: 'Add to queue: Hana Sato' });
    await waitFor(() => expect(document.activeElement).toBe(add), patient);
    await user.click(add);
    await waitFor(() => expect(asked).toEqual(['orders:2 support:0']), patient);
    const toast = await waitFor(() => {
      const [first] = windowStore.getState().toasts;
      if (!first) throw new Error('not said yet');
      return first;
    }, patient);
    expect(toast.text).toBe('Hana Sato takes After-sales service as well');
    act(() => toast.action?.run());
    await waitFor(() => expect(asked).toEqual(['orders:2 support:0', 'orders:2']), patient);
    asked.length = 0;
    await user.click(within(hands).getByRole('button', { name: 'Add and set ready: Lin Wei' }));
    await waitFor(() => expect(asked).toEqual(['orders:2 support:0', 'ready']), patient);
    await user.click(within(hands).getByTestId('hands-write'));
    const text = await screen.findByTestId('message-text', undefined, patient);
    expect((text as HTMLTextAreaElement).value).toContain('After-sales service: 3 callers');
  });

  it('opens the menu of a tile by key and by pointer, with what can be done beside it', async () => {
    const user = open('supervisor');
    const [tile] = await screen.findAllByTestId('agent-tile', undefined, patient);
    act(() => tile?.focus());
    await user.keyboard('{Shift>}{F10}{/Shift}');
    const menu = await screen.findByTestId('board-menu', undefined, patient);
    for (const id of ['menu-listen', 'menu-take-over', 'set-ready', 'open-queues', 'open-message'])
      expect(within(menu).getByTestId(id)).toBeTruthy();
    await user.click(within(menu).getByTestId('menu-listen'));
    await waitFor(() => expect(asked).toEqual(['listen']), patient);
    await user.pointer({ keys: '[MouseRight]', target: screen.getByTestId('queue-tile-support') });
    await user.click(await screen.findByTestId('menu-help-queue', undefined, patient));
    expect(await screen.findByTestId('hands', undefined, patient)).toBeTruthy();
  });

  it('moves through the calls by key, and opens the menu of one', async () => {
    const user = open('supervisor');
    const [first] = await screen.findAllByTestId('board-call', undefined, patient);
    act(() => first?.focus());
    await user.keyboard('{End}{Enter}');
    const menu = await screen.findByTestId('board-menu', undefined, patient);
    expect(menu.textContent).toContain('Wing Ltd');
    await user.click(within(menu).getByTestId('menu-open-customer'));
    await waitFor(() => expect(window.location.hash).toContain(uuid(10)), patient);
  });

  it('offers who only watches no more than a look', async () => {
    const user = open('quality');
    const [tile] = await screen.findAllByTestId('agent-tile', undefined, patient);
    expect(screen.queryByTestId('alert-help')).toBeNull();
    await user.pointer({ keys: '[MouseRight]', target: tile as HTMLElement });
    const menu = await screen.findByTestId('board-menu', undefined, patient);
    expect(within(menu).getAllByRole('menuitem')).toHaveLength(1);
  });

  it('keeps the focus on an agent who moves to another group', async () => {
    open();
    const [tile] = await screen.findAllByTestId('agent-tile', undefined, patient);
    act(() => tile?.focus());
    const [prado, ...others] = busyBoard().agents;
    if (!prado) throw new Error('no agent');
    const moved = { ...prado, state: 'wrapUp' as const, callRef: null, since: Date.now() };
    act(() => showBoard({ ...busyBoard(), agents: [moved, ...others] }));
    expect(document.activeElement?.getAttribute('aria-label')).toContain('Ines Prado, Wrap-up');
  });

  it('opens the agent by Enter, and offers nothing to who may not', async () => {
    const user = open('quality');
    const [tile] = await screen.findAllByTestId('agent-tile', undefined, patient);
    expect(screen.queryByTestId('listen-listen')).toBeNull();
    act(() => tile?.focus());
    await user.keyboard('{Enter}');
    const panel = await screen.findByTestId('agent-panel');
    expect(panel.textContent).toContain('ext. 2001');
    expect(within(panel).queryByRole('button', { name: 'Listen' })).toBeNull();
    expect(screen.queryByTestId('open-audit')).toBeNull();
  });

  it('opens the audit by key, and Escape closes it and gives the focus back', async () => {
    const user = open('supervisor');
    const opener = await screen.findByTestId('open-audit', undefined, patient);
    act(() => opener.focus());
    await user.keyboard('{Enter}');
    const panel = await screen.findByTestId('audit-panel');
    expect(document.activeElement).toBe(panel);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('audit-panel')).toBeNull());
    expect(document.activeElement).toBe(opener);
  });

  it.each([
    [null, 'board-loading'],
    [aBoard(), null],
  ])('has words for a board that is empty or not there yet', async (board, testId) => {
    open('quality', board);
    if (testId) expect(await screen.findByTestId(testId)).toBeTruthy();
    else {
      expect(await screen.findByText('No agents yet')).toBeTruthy();
      expect(screen.getByText(/No queue is set up/u)).toBeTruthy();
    }
  });

  it('tells the age of the data while the server is away, and since when the PBX is silent', async () => {
    open('quality', { ...busyBoard(), connector: { state: 'blind', since: 1_000_000 } });
    expect((await screen.findAllByText(/not answered since/u)).length).toBeGreaterThan(0);
    act(() => boardStore.setState({ link: { state: 'stale', asOf: Date.now() - 90_000 } }));
    const words = (await screen.findByTestId('board-stale', undefined, patient)).textContent;
    expect(words).toMatch(/^\d+:\d\d old/u);
  });
});

describe('the wall view', () => {
  it('covers the window with what can be read from far, tells its age, and goes by Esc', async () => {
    window.location.hash = '#/board/wall';
    const user = open('quality');
    await screen.findByTestId('wall', undefined, patient);
    expect(screen.getAllByTestId('wall-tile')).toHaveLength(3);
    expect(screen.getByTestId('wall-waiting').textContent).toBe('3');
    act(() => boardStore.setState({ link: { state: 'stale', asOf: Date.now() - 90_000 } }));
    expect((await screen.findByTestId('wall-stale')).textContent).toMatch(/old/u);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('wall')).toBeNull(), patient);
    expect(await screen.findByTestId('board')).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.id).toBe('open-wall'), patient);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { BoardCall, BoardSnapshot } from '#shared/sync/board.ts';
import { agentOn, BoardWatcher, callOn, queueOn } from '../../support/boardWatcher.ts';
import { testOptions } from '../../support/serverBackends.ts';
import { ServerClient } from '../../support/serverClient.ts';
import { PracticeDesk } from '../desk/practiceDesk.ts';
import { PracticeSite } from './practiceSite.ts';

const site = new PracticeSite();
const token = 'a-token-for-tests-only';
const agent = practiceUsers.find(({ login }) => login === 'chen.hao');

describe('a call of the practice PBX', () => {
  let server: RunningServer;
  let watcher: BoardWatcher;
  let desk: PracticeDesk;

  beforeAll(async () => {
    const accounts = practiceUsers.flatMap(({ extension, password, name, queueIds }) =>
      extension === null ? [] : [{ extension, password, name, queues: [...queueIds] }],
    );
    const queues = defaultConfiguration.queues.map(({ id, name }) => ({ id, name: name.en }));
    await site.start({ accounts, queues });
    const controlUrl = site.pbx.controlUrl ?? '';
    const connector = { kind: 'practice' as const, controlUrl, token };
    server = await startServer(testOptions({ practiceCustomers: 0, connector }));
    const supervisor = new ServerClient(server.url);
    await supervisor.signIn('wu.min');
    watcher = await BoardWatcher.open(supervisor);
    if (!agent?.extension) throw new Error('no practice agent');
    desk = await PracticeDesk.registered(site.pbx.url, agent.extension, agent.password);
    site.keep(desk);
  });
  afterEach(() => {
    for (const { callRef } of site.pbx.state().calls) site.pbx.hangUpCaller(callRef);
  });
  afterAll(async () => {
    watcher?.socket.close();
    await server?.stop();
    await site.stop();
  });

  const connected = ({ connector, source }: BoardSnapshot) =>
    source === 'pbx' && connector.state === 'connected';
  const reached = (callRef: string, state: BoardCall['state']) =>
    watcher.until((board) => callOn(board, callRef)?.state === state);
  const caller = { number: '+8613800138000', queue: 'urgent', scenario: 'silent' };

  test('is seen waiting, ringing, talked and gone, and is counted', async () => {
    const before = await watcher.until(connected);
    const was = queueOn(before, 'urgent')?.today.offered ?? 0;
    expect(agentOn(before, agent?.id ?? '')?.queueIds).toEqual(['support', 'urgent']);

    const callRef = site.pbx.placeCall(caller) ?? '';
    const waits = await reached(callRef, 'waiting');
    expect(callOn(waits, callRef)).toMatchObject({ queueId: 'urgent', caller: caller.number });
    expect(queueOn(waits, 'urgent')?.today).toMatchObject({ offered: was + 1, waiting: 1 });

    expect(await desk.tell('ready')).toBe(200);
    const invitation = await desk.nextCall();
    const rings = await reached(callRef, 'ringing');
    expect(callOn(rings, callRef)?.agentId).toBe(agent?.id);

    await desk.accept(invitation);
    const talks = await reached(callRef, 'talking');
    expect(agentOn(talks, agent?.id ?? '')?.callRef).toBe(callRef);
    expect(queueOn(talks, 'urgent')?.today).toMatchObject({ answered: 1, waiting: 0 });

    site.pbx.hangUpCaller(callRef);
    const over = await watcher.until((board) => callOn(board, callRef) === undefined);
    expect(agentOn(over, agent?.id ?? '')?.callRef).toBeNull();
  });

  test('that is given up is counted as abandoned', async () => {
    await watcher.until(connected);
    const callRef = site.pbx.placeCall({ ...caller, queue: 'orders' }) ?? '';
    await reached(callRef, 'waiting');
    site.pbx.hangUpCaller(callRef);
    const over = await watcher.until((board) => callOn(board, callRef) === undefined);
    expect(queueOn(over, 'orders')?.today).toMatchObject({ offered: 1, abandoned: 1, waiting: 0 });
  });
});

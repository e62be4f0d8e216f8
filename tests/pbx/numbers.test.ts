import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { usualTargets } from '#shared/domain/metrics/queueFigures.ts';
import type { BoardSnapshot } from '#shared/sync/board.ts';
import { agentOn, BoardWatcher, queueOn } from '../support/boardWatcher.ts';
import { testOptions } from '../support/serverBackends.ts';
import { ServerClient } from '../support/serverClient.ts';
import { TcpRelay } from '../support/tcpRelay.ts';
import { numbers } from './support/asterisk.ts';
import type { Outsider } from './support/outside.ts';
import { type LoggedCounts, QueueLog } from './support/queueLog.ts';
import { answered, type Desk, noAsterisk, openSite } from './support/site.ts';

const site = openSite();
const ok = { ok: true, value: null };
const people = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ number: `+86138001380${at + 10}`, name: '' }));

describe.skipIf(noAsterisk)('the numbers on the board', () => {
  let wire: TcpRelay;
  let server: RunningServer;
  let board: BoardWatcher;
  let log: QueueLog;

  beforeEach(async () => {
    vi.setConfig({ testTimeout: 180_000 });
    log = new QueueLog(site.asterisk);
    wire = await TcpRelay.to(site.asterisk.ports.ami);
    server = await startServer(
      testOptions({
        practiceCustomers: 0,
        connector: {
          ...{ kind: 'asterisk', host: '127.0.0.1', port: wire.port, tls: false },
          ...{ user: 'switchboard', secret: site.asterisk.password },
        },
      }),
    );
    const supervisor = new ServerClient(server.url);
    await supervisor.signIn('wu.min');
    board = await BoardWatcher.open(supervisor);
    await board.until(({ connector }) => connector.state === 'connected');
  });
  afterEach(async () => {
    board.socket.close();
    await server.stop();
    await wire.close();
    vi.resetConfig();
  });

  /** What the PBX's own log says, and the board is to say. */
  function countsOf({ answerWaits, abandonWaits, ringNoAnswers: _, ...counts }: LoggedCounts) {
    const isShort = (seconds: number) => seconds * 1_000 < usualTargets.shortAbandonMs;
    return { ...counts, shortAbandoned: abandonWaits.filter(isShort).length, waiting: 0 };
  }

  const shows = (wanted: object) => (now: BoardSnapshot) => {
    const today = queueOn(now, 'service')?.today;
    return (
      today !== undefined &&
      Object.entries(wanted).every(([name, value]) => Reflect.get(today, name) === value)
    );
  };

  /** Joins the queue and waits there. */
  async function waiting(): Promise<Outsider> {
    const from = site.ami.events.length;
    const caller = await site.ring();
    await site.ami.event({ Event: 'QueueCallerJoin', Queue: 'service' }, from);
    return caller;
  }

  async function setReady({ desk, extension }: Desk, ready: boolean): Promise<void> {
    const from = site.ami.events.length;
    const said = ready ? { ready } : { ready, reason: 'test' };
    expect(await desk.phone.setAvailability(said)).toEqual(ok);
    const Paused = ready ? '0' : '1';
    const of = { Interface: `PJSIP/${extension}`, Queue: 'service', Paused };
    await site.ami.event({ Event: 'QueueMemberPause', ...of }, from);
  }

  /** Makes the desk ready, takes the next caller, and is not ready for another. */
  async function takesNext(of: Desk): Promise<string> {
    of.desk.mark();
    await setReady(of, true);
    const { leg } = await of.desk.offered();
    await setReady(of, false);
    await answered(of, leg);
    return leg;
  }

  async function gone(caller: Outsider): Promise<void> {
    await caller.hangUp();
    expect(await caller.ended).toBe(true);
  }

  it('are those of the calls that were made', async () => {
    const made = await site.registered('2041');
    const colleague = await site.registered('2042');
    let calls = 0;

    // Answered; the caller hangs up, then the agent.
    for (const who of ['caller', 'agent'] as const) {
      const caller = await waiting();
      calls += 1;
      const leg = await takesNext(made);
      if (who === 'caller') await caller.hangUp();
      else expect(await made.desk.phone.hangUp(leg)).toEqual(ok);
      expect(await caller.ended).toBe(true);
      await made.desk.end(leg);
    }

    // Nobody is ready: three give up soon, two late.
    const soon = await site.burst(numbers.service, people(3), 'leavingCaller', {
      patienceMs: 1_000,
    });
    const late = await site.burst(numbers.service, people(2), 'leavingCaller', {
      patienceMs: 6_500,
    });
    calls += 5;
    expect(await Promise.all([soon.ended, late.ended])).toEqual([true, true]);

    // Turned away once, rung out once, taken then.
    const third = await waiting();
    calls += 1;
    made.desk.mark();
    await setReady(made, true);
    const first = await made.desk.offered();
    made.desk.mark();
    expect(await made.desk.phone.reject(first.leg, 'decline')).toEqual(ok);
    const second = await made.desk.offered();
    await setReady(made, false);
    await made.desk.end(second.leg);
    const taken = await takesNext(made);
    await gone(third);
    await made.desk.end(taken);

    // Passed on into another queue, and answered there.
    const fourth = await waiting();
    calls += 1;
    const passed = await takesNext(made);
    colleague.desk.mark();
    await setReady(colleague, true);
    expect(await made.desk.phone.transfer(passed, 'complaints')).toEqual(ok);
    const offered = await colleague.desk.offered();
    await setReady(colleague, false);
    await answered(colleague, offered.leg);
    await gone(fourth);

    // Given up while it rings.
    const fifth = await waiting();
    calls += 1;
    made.desk.mark();
    await setReady(made, true);
    await made.desk.offered();
    await gone(fifth);
    await setReady(made, false);

    const service = log.countsOf('service');
    const complaints = log.countsOf('complaints');
    expect(service).toMatchObject({ offered: calls, answered: 4, abandoned: 6, transferred: 1 });
    expect(service.ringNoAnswers).toEqual({ 'Agent 2041': 2 });
    const shown = await board.until(
      (now) => shows(countsOf(service))(now) && now.calls.length === 0,
    );
    expect(queueOn(shown, 'service')?.today).toMatchObject(countsOf(service));
    expect(queueOn(shown, 'complaints')?.today).toMatchObject(countsOf(complaints));
    const { answerWaitMs = 0, longestWaitMs = 0 } = queueOn(shown, 'service')?.today ?? {};
    // The log knows whole seconds only.
    const within = service.answered * 1_000;
    expect(Math.abs(answerWaitMs - 1_000 * sum(service.answerWaits))).toBeLessThanOrEqual(within);
    const longest = Math.max(...service.answerWaits, ...service.abandonWaits);
    expect(Math.abs(longestWaitMs - 1_000 * longest)).toBeLessThanOrEqual(1_000);
    const agent = shown.agents.find(({ extension }) => extension === '2041');
    expect(agentOn(shown, agent?.agentId ?? '')?.today.missed).toBe(2);
  });

  it('count nothing twice and leave nothing open where the line was down meanwhile', async () => {
    const made = await site.registered('2041');
    const colleague = await site.registered('2042');
    const talks = await waiting();
    const firstLeg = await takesNext(made);
    const givesUp = await waiting();
    const isAnswered = await waiting();
    const comesAndGoes = await waiting();
    await board.until(shows({ offered: 4, answered: 1, waiting: 3 }));

    wire.hold();
    await board.until(({ connector }) => connector.state === 'blind');
    await gone(talks);
    await made.desk.end(firstLeg);
    await gone(givesUp);
    await takesNext(made);
    const shortLeg = await takesNext(colleague);
    await gone(comesAndGoes);
    await colleague.desk.end(shortLeg);
    const late = await waiting();
    await takesNext(colleague);
    const stays = await waiting();
    wire.release();

    const seen = { offered: 6, answered: 3, abandoned: 0, unseen: 2, waiting: 1 };
    await board.until((now) => now.connector.state === 'connected' && shows(seen)(now));
    await gone(isAnswered);
    await gone(late);
    await gone(stays);
    const after = { ...seen, abandoned: 1, waiting: 0 };
    const end = await board.until((now) => shows(after)(now) && now.calls.length === 0);
    expect(queueOn(end, 'service')?.today).toMatchObject(after);
    expect(log.countsOf('service')).toMatchObject({ offered: 6, answered: 4, abandoned: 2 });
  });
});

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCallFollower } from '#server/callEvents/callFollower.ts';
import { hearPbx, nobodyAt } from '#server/callEvents/pbxEvents.ts';
import { handleTargets } from '#server/callEvents/targetsJob.ts';
import { createJobs } from '#server/jobs/createJobs.ts';
import type { Happening, PbxEvent } from '#server/pbx/connector.ts';
import { saveSetting } from '#server/settings/settings.ts';
import { sumAgentTime } from '#server/store/calls/callCells.ts';
import { usualTargets } from '#shared/domain/metrics/queueFigures.ts';
import { usualSupervision } from '#shared/domain/settings/supervision.ts';
import { callFields } from '../../support/cacheFixture.ts';
import {
  agentId,
  answered,
  type CallEventSite,
  day,
  dayMs,
  extension,
  minute,
  noon,
  openCallEventSite,
  otherId,
  story,
} from '../../support/callEventSite.ts';
import { backendNames } from '../../support/serverBackends.ts';

describe.each(backendNames)('what tells of calls on %s', (name) => {
  let site: CallEventSite;

  beforeAll(async () => {
    site = await openCallEventSite(name);
  });
  beforeEach(() => site.empty());
  afterEach(() => expect(site.said.splice(0)).toEqual([]));
  afterAll(() => site?.stop());

  describe('from the PBX', () => {
    type Listener = (event: PbxEvent) => void;
    function connector() {
      const listeners = new Set<Listener>();
      return {
        heard(listener: Listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
        tell(event: PbxEvent) {
          for (const listener of listeners) listener(event);
        },
      };
    }
    const happened = (callRef: string, seconds: number, parts: object): PbxEvent => ({
      type: 'happened',
      event: { id: uuidv7(), at: noon + seconds * 1000, callRef, ...parts } as Happening,
    });
    const pbxCall = (callRef: string, at: string) => [
      happened(callRef, 0, { name: 'queue.entered', queueId: 'support' }),
      happened(callRef, 5, { name: 'agent.answered', queueId: 'support', extension: at }),
      happened(callRef, 65, { name: 'agent.left', by: 'customer', extension: at }),
    ];

    test('extensions become agents; one that is nobody’s has no after-call work', async () => {
      const pbx = connector();
      const stop = hearPbx(pbx, site);
      for (const event of [...pbxCall('p1', extension), ...pbxCall('p2', '9999')]) pbx.tell(event);
      await stop();
      expect(await site.figures()).toMatchObject({ offered: 2, answered: 2, answeredInTime: 2 });
      expect(await site.work()).toMatchObject({ answered: 1, handled: 0 });
      expect(await site.work(nobodyAt('9999'))).toMatchObject({
        handled: 1,
        talkMs: minute,
        afterCallMs: 0,
      });
    });

    test('what is not there any more when the line is back has ended where it was seen last', async () => {
      const pbx = connector();
      const stop = hearPbx(pbx, site);
      const [entered, taken] = pbxCall('gone', extension);
      const waits = happened('waits', 10, { name: 'queue.entered', queueId: 'support' });
      const lost = happened('lost', 20, { name: 'queue.entered', queueId: 'support' });
      for (const event of [entered, taken, waits, lost]) if (event) pbx.tell(event);
      const present = {
        type: 'present' as const,
        waiting: [{ callRef: 'waits', queueId: 'support' }],
      };
      pbx.tell({ ...present, parts: [], lostAt: null, at: noon + dayMs });
      pbx.tell({ ...present, parts: [], lostAt: null, at: noon + dayMs });
      await stop();
      expect(await site.figures()).toMatchObject({
        offered: 3,
        answered: 1,
        unseen: 1,
        waiting: 1,
      });
      const rows = await site.db
        .selectFrom('call_handle')
        .select(['left_at', 'ended_by'])
        .execute();
      expect(rows).toEqual([{ left_at: noon + 20_000, ended_by: null }]);
    });

    test('a call that the desk knows by another reference is one', async () => {
      const desk = 'sip-call-id';
      await site.callEvents.take(
        story(
          desk,
          [300, 'agent.wrappedUp', { source: 'desk' }],
          [0, 'agent.dialled', { source: 'desk' }],
        ),
      );
      const pbx = connector();
      const stop = hearPbx(pbx, site);
      pbx.tell(happened('dialled', 1, { name: 'agent.dialled', extension }));
      pbx.tell({ type: 'alias', extension, callRef: 'dialled', deskRef: desk });
      pbx.tell(happened('dialled', 11, { name: 'agent.answered', queueId: null, extension }));
      pbx.tell(happened('dialled', 71, { name: 'agent.left', by: 'agent', extension }));
      await stop();
      expect(await site.work()).toMatchObject({
        ...{ handled: 1, dialMs: 10_000, talkMs: minute, afterCallMs: 229_000 },
      });
      const refs = await site.db.selectFrom('call_handle').select('call_ref').execute();
      expect(refs).toEqual([{ call_ref: 'dialled' }]);
    });
  });

  describe('from desks', () => {
    const jobsOf = () =>
      createJobs(site.store, { log: site.log, times: { pollMs: 60_000 }, alone: false });

    async function following<T>(act: (heard: () => void) => Promise<T>): Promise<T> {
      const follower = createCallFollower({ ...site, jobs: jobsOf() });
      await follower.start();
      try {
        return await act(follower.heard);
      } finally {
        await follower.stop();
      }
    }

    const times = { offeredAt: noon, answeredAt: noon + 5_000, endedAt: noon + 65_000 };
    const call = (callRef: string) => ({
      ...callFields({
        callRef,
        agentId: otherId,
        queueId: 'support',
        direction: 'in',
        kind: 'customer',
      }),
      ...{ ...times, waitedMs: 4_000, heldMs: 10_000, result: 'answered', endedBy: 'customer' },
    });
    const states = async () => {
      const interval = (state: string, from: number, to: number) =>
        site.write('agentInterval', uuidv7(), { userId: otherId, state, reason: null, from, to });
      await interval('ready', noon - minute, noon);
      await interval('ringing', noon, noon + 5_000);
      await interval('onCall', noon + 5_000, noon + 65_003);
      await interval('wrapUp', noon + 65_003, noon + 95_003);
      const at = { state: 'ready', reason: null, since: noon + 95_003 };
      const where = { callId: null, customerName: null, queueId: null };
      await site.write('presence', otherId, { userId: otherId, name: 'Other', ...at, ...where });
    };

    test('a call, its hold, the states of the agent and after-call work, though no wrap-up was saved', async () => {
      await following(async (heard) => {
        await site.write('call', uuidv7(), call('d1'));
        await states();
        heard();
        await expect.poll(() => site.work(otherId)).toMatchObject({ handled: 1 });
      });
      expect(await site.work(otherId)).toMatchObject({
        ...{ answered: 1, talkMs: 50_000, holdMs: 10_000, afterCallMs: 30_003 },
      });
      expect(await site.figures()).toMatchObject({ offered: 1, answered: 1, answerWaitMs: 9_000 });
      const time = { edges: [day, day + dayMs], byAgent: true, now: noon + 100_003 };
      expect(await sumAgentTime(site.db, time)).toMatchObject([
        { time: { ready: minute + 5_000, ringing: 5_000, onCall: 60_003, wrapUp: 30_000 } },
      ]);
      await site.db.deleteFrom('record').where('entity', '=', 'presence').execute();
    });

    test('a wrap-up that comes hours later, before or behind its call', async () => {
      const id = uuidv7();
      const wrapUp = {
        ...{
          callId: id,
          customerId: null,
          agentId: otherId,
          agentName: 'Other',
          dispositionId: 'x',
        },
        ...{ result: 'resolved', notes: '', followUpAt: null, ticketIds: [], afterCallMs: 20_000 },
        ...{ savedAt: noon + 85_000, tags: [], script: null, edits: [] },
      };
      await following(async (heard) => {
        await site.write('wrapUp', id, wrapUp);
        heard();
        await site.write('call', id, call('d2'));
        heard();
        await expect
          .poll(() => site.work(otherId))
          .toMatchObject({ handled: 1, afterCallMs: 20_000 });
      });
    });

    test('where the PBX tells of the call, the desk’s word counts for after-call work only', async () => {
      await site.callEvents.take(
        answered('d3')
          .slice(0, 3)
          .map((event) => ({ ...event, agentId: otherId })),
      );
      await following(async (heard) => {
        await site.write('call', uuidv7(), call('d3'));
        await states();
        heard();
        await expect.poll(() => site.work(otherId)).toMatchObject({ handled: 1 });
      });
      expect(await site.figures()).toMatchObject({ offered: 1, answered: 1, answerWaitMs: 25_000 });
      expect(await site.work(otherId)).toMatchObject({
        talkMs: minute,
        holdMs: 0,
        afterCallMs: 10_003,
      });
      await site.db.deleteFrom('record').where('entity', '=', 'presence').execute();
    });

    test('other targets: what was counted is counted anew', async () => {
      await site.callEvents.take(answered('t1'));
      expect(await site.figures()).toMatchObject({ answeredInTime: 0 });
      const jobs = jobsOf();
      handleTargets(jobs, site.db);
      const follower = createCallFollower({ ...site, jobs });
      await follower.start();
      await jobs.start();
      const targets = { '*': { ...usualTargets, answerWithinMs: 30_000 } };
      const change = { value: { ...usualSupervision, targets }, version: 0 };
      const by = { id: agentId, name: 'One', device: 'test' };
      const saved = await saveSetting(site, 'supervision', change, by);
      expect(saved).toMatchObject({ ok: true });
      follower.heard();
      await expect.poll(site.figures).toMatchObject({ answeredInTime: 1, offered: 1 });
      await follower.stop();
      await jobs.stop();
    });
  });
});

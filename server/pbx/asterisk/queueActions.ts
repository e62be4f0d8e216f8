import { fail, ok, type Result } from '#shared/result.ts';
import type { Membership, QueueActions } from '../connector.ts';
import type { AmiFields } from './amiLine.ts';
import type { ChannelBoard } from './channelBoard.ts';
import { type MemberBoard, outPenalty } from './memberBoard.ts';

export interface QueueActionParts {
  members: MemberBoard;
  board: ChannelBoard;
  /** Success, or the PBX's own words. */
  act(action: string, fields: AmiFields): Promise<Result<null>>;
  isUp(): boolean;
}

const noQueue = () => fail('not-found', 'no such queue');
const noMember = () => fail('not-found', 'no member of that queue');

/** Who is offered calls of which queue, by the actions QueueAdd, QueueRemove and QueuePenalty. */
export function createQueueActions({ members, board, act, isUp }: QueueActionParts): QueueActions {
  const addressOf = (extension: string) =>
    members.interfacesOf(extension)[0] ?? `PJSIP/${extension}`;

  async function setPenalty(
    extension: string,
    { queueId, penalty }: Membership,
  ): Promise<Result<null>> {
    if (!isUp()) return fail('connector-absent', 'the line to the PBX is down');
    if (!members.isIn(extension, queueId)) return noMember();
    return act('QueuePenalty', [
      ['Interface', addressOf(extension)],
      ['Queue', queueId],
      ['Penalty', String(Math.min(penalty, outPenalty - 1))],
    ]);
  }

  /** As it is in its other queues; QueueAdd takes no reason. */
  async function pauseAsElsewhere(extension: string, queueId: string): Promise<Result<null>> {
    const member = members.members().find((one) => one.extension === extension);
    if (!member?.paused || member.reason === null) return ok(null);
    return act('QueuePause', [
      ['Interface', addressOf(extension)],
      ['Queue', queueId],
      ['Paused', 'true'],
      ['Reason', member.reason],
    ]);
  }

  return {
    memberships: members.memberships,
    async join(extension, { queueId, penalty, name }) {
      if (!isUp()) return fail('connector-absent', 'the line to the PBX is down');
      if (!members.hasQueue(queueId)) return noQueue();
      if (members.isIn(extension, queueId)) return setPenalty(extension, { queueId, penalty });
      const known = members.members().find((one) => one.extension === extension);
      const address = addressOf(extension);
      const added = await act('QueueAdd', [
        ['Queue', queueId],
        ['Interface', address],
        ['StateInterface', address],
        ['MemberName', name],
        ['Penalty', String(Math.min(penalty, outPenalty - 1))],
        ['Paused', (known?.paused ?? true) ? 'true' : 'false'],
      ]);
      return added.ok ? pauseAsElsewhere(extension, queueId) : added;
    },
    async leave(extension, queueId) {
      if (!isUp()) return fail('connector-absent', 'the line to the PBX is down');
      if (!members.isIn(extension, queueId)) return noMember();
      const fields: AmiFields = [
        ['Queue', queueId],
        ['Interface', addressOf(extension)],
      ];
      const removed = await act('QueueRemove', fields);
      if (removed.ok || !/not dynamic/iu.test(removed.error.message)) return removed;
      return act('QueuePenalty', [...fields, ['Penalty', String(outPenalty)]]);
    },
    setPenalty,
    async hangUp(extension) {
      if (!isUp()) return fail('connector-absent', 'the line to the PBX is down');
      const own = board.ofExtension(extension);
      const done = await Promise.all(own.map(({ name }) => act('Hangup', [['Channel', name]])));
      // One that ended by itself meanwhile is what was wanted.
      const failed = done.find((one) => !one.ok && one.error.code === 'connector-absent');
      return failed ?? ok(null);
    },
  };
}

import { maxSubject } from '#shared/domain/notification.ts';
import { taskSchema } from '#shared/domain/task.ts';
import type { Notice } from '../notify/notify.ts';
import type { MovedRecord } from '../store/feed/feedReaders.ts';
import { readGivenTasks } from '../store/followUp.ts';
import { readRecords } from '../store/records.ts';
import type { Tx } from '../store/store.ts';

const dayMs = 86_400_000;
/** What is given within so long by one to another is told as one. */
const togetherMs = 60_000;

/** Word to those whom somebody else has given tasks. */
export async function handOverNotices(
  tx: Tx,
  moved: readonly MovedRecord[],
  now: number,
): Promise<Notice[]> {
  const tasks = new Map(
    moved.flatMap(({ id, fields }) => {
      const task = taskSchema.safeParse(fields);
      return task.success && task.data.state === 'open' ? [[id, task.data] as const] : [];
    }),
  );
  if (tasks.size === 0) return [];
  const given = await readGivenTasks(tx, [...tasks.keys()], now - dayMs);
  const authors = await readRecords(tx, 'user', [
    ...new Set(given.map(({ authorId }) => authorId)),
  ]);
  return given.flatMap(({ taskId, ownerId, authorId, at }): Notice[] => {
    const task = tasks.get(taskId);
    if (!task || task.ownerId !== ownerId) return [];
    const author = authors.find(({ id }) => id === authorId);
    return [
      {
        cause: `handedOver ${authorId} ${Math.floor(at / togetherMs)}`,
        userId: ownerId,
        kind: 'task.handedOver',
        ticketId: task.ticketId,
        taskId,
        subject: task.title.slice(0, maxSubject),
        byName: typeof author?.fields.name === 'string' ? author.fields.name : null,
      },
    ];
  });
}

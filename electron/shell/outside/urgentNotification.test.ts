import type { NotificationConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import { DeskDouble, keptLog, ringingCall } from '#tests/support/deskDouble.ts';
import { EmitterDouble } from '#tests/support/electronDouble.ts';
import { notifyOfUrgent } from './urgentNotification.ts';

class NotificationDouble extends EmitterDouble {
  state: 'made' | 'shown' | 'closed' = 'made';
  readonly options: NotificationConstructorOptions;
  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    this.state = 'shown';
  }
  close(): void {
    this.state = 'closed';
  }
}

const breached = {
  id: '01900000-0000-7000-8000-000000000001',
  userId: '01900000-0000-7000-8000-000000000002',
  kind: 'ticket.breached',
  at: 1,
  ticketId: '01900000-0000-7000-8000-000000000003',
  taskId: null,
  subject: '20260000001 No hot water',
  byName: null,
  readAt: null,
} as const;

function world({ hasFocus = false, sharedScreen = false } = {}) {
  const desk = new DeskDouble();
  const made: NotificationDouble[] = [];
  const acts: string[] = [];
  const notifications = notifyOfUrgent({
    newNotification(options) {
      const notification = new NotificationDouble(options);
      made.push(notification);
      return notification;
    },
    isSupported: () => true,
    desk,
    hasFocus: () => hasFocus,
    showWindow: () => acts.push('show'),
    sharedScreen,
    icon: '/icon.png',
    log: keptLog(),
  });
  return { desk, made, acts, notifications };
}

it('is told without a sound, opens the window, and goes when that is in front', () => {
  const { desk, made, acts, notifications } = world();
  desk.events.emit('notification.urgent', breached);
  expect(made[0]?.options).toMatchObject({ body: breached.subject, silent: true });
  expect(made[0]?.options.title).not.toBe('');
  made[0]?.emit('click');
  expect(acts).toEqual(['show']);
  notifications.clear();
  expect(made[0]?.state).toBe('closed');
});

it('says nothing of the ticket on a shared screen', () => {
  const { desk, made } = world({ sharedScreen: true });
  desk.events.emit('notification.urgent', breached);
  expect(made[0]?.options.body).toBe('');
});

it('is left to the window in front, and to the call that is on', () => {
  const focused = world({ hasFocus: true });
  focused.desk.events.emit('notification.urgent', breached);
  const busy = world();
  busy.desk.call(ringingCall({ state: 'talking' }));
  busy.desk.events.emit('notification.urgent', breached);
  expect([...focused.made, ...busy.made]).toEqual([]);
});

it.each([
  [false, { title: 'Support: 4 waiting', body: 'limit 3' }],
  [true, { title: 'A limit is passed on the board', body: '' }],
])('tells of a limit on the board; on a shared screen (%s) not of whom', (sharedScreen, words) => {
  const { desk, made } = world({ sharedScreen });
  desk.events.emit('board.alerted', { title: 'Support: 4 waiting', text: 'limit 3' });
  expect(made[0]?.options).toMatchObject({ ...words, silent: true });
});

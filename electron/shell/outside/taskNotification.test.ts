import type { NotificationConstructorOptions } from 'electron';
import { expect, it } from 'vitest';
import type { Notice } from '#shared/contract/models/desk.ts';
import { DeskDouble, keptLog, ringingCall } from '#tests/support/deskDouble.ts';
import { EmitterDouble } from '#tests/support/electronDouble.ts';
import { notifyOfTasks } from './taskNotification.ts';

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

const due: Notice = {
  id: 'task:1',
  level: 'info',
  failure: {
    code: 'task-due',
    message: '',
    details: { title: 'Call about the boiler', customerName: 'Ann', taskId: '1' },
  },
};

function world({ hasFocus = false, sharedScreen = false } = {}) {
  const desk = new DeskDouble();
  const made: NotificationDouble[] = [];
  const acts: string[] = [];
  const notifications = notifyOfTasks({
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

it('is told without a sound, opens the window, and goes with its notice', () => {
  const { desk, made, acts } = world();
  desk.events.emit('notice.added', due);
  expect(made[0]?.options).toMatchObject({ body: 'Call about the boiler · Ann', silent: true });
  made[0]?.emit('click');
  expect(acts).toEqual(['show']);
  desk.events.emit('notice.removed', { id: due.id });
  expect(made[0]?.state).toBe('closed');
});

it('says nothing of the customer on a shared screen', () => {
  const { desk, made } = world({ sharedScreen: true });
  desk.events.emit('notice.added', due);
  expect(made[0]?.options.body).toBe('');
});

it('is left to the window in front of the agent, and while a call is on', () => {
  const front = world({ hasFocus: true });
  front.desk.events.emit('notice.added', due);
  expect(front.made).toEqual([]);
  const talking = world();
  talking.desk.call(ringingCall({ state: 'talking' }));
  talking.desk.events.emit('notice.added', due);
  expect(talking.made).toEqual([]);
});

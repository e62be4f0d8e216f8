import type { Notification } from 'electron';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Snapshot } from '#shared/contract/models/desk.ts';
import type { Desk } from '../../core/desk.ts';
import type { PageWindow } from '../ports.ts';
import { fill, textsOf } from '../texts.ts';
import { answerCall } from './answerKey.ts';
import type { SystemNotificationOptions } from './systemNotification.ts';

/** `sharedScreen` here: neither name nor number of the caller. */
export interface CallNotificationOptions extends SystemNotificationOptions {
  desk: Pick<Desk, 'handle' | 'listen' | 'snapshot'>;
  window(): Pick<PageWindow, 'flashFrame' | 'isDestroyed'> | null;
}

export interface CallNotifications {
  /** The window has the focus now: it shows the call itself. */
  focused(): void;
  /** Takes away whatever is shown. */
  clear(): void;
}

type Shown = Pick<Notification, 'close'>;

/** Tells of a ringing call while the window is not in front; gone when the ringing ends. */
export function notifyOfCalls(options: CallNotificationOptions): CallNotifications {
  const { desk, hasFocus } = options;
  const shown = new Map<string, Shown>();

  function withdraw(callId: string): void {
    const one = shown.get(callId);
    if (!one) return;
    shown.delete(callId);
    one.close();
    if (shown.size === 0) flash(options, false);
  }

  function clear(): void {
    for (const callId of [...shown.keys()]) withdraw(callId);
  }

  desk.listen((name, payload) => {
    if (name === 'call.removed' && 'callId' in payload) return withdraw(payload.callId);
    if (name !== 'call.changed') return;
    const call = payload as DeskCall;
    const isRinging = call.direction === 'in' && call.state === 'ringing';
    if (!isRinging) return withdraw(call.id);
    if (shown.has(call.id) || hasFocus()) return;
    shown.set(call.id, raise(call, options));
    flash(options, true);
  });

  return { focused: clear, clear };
}

function flash({ window }: CallNotificationOptions, on: boolean): void {
  const flashed = window();
  if (flashed && !flashed.isDestroyed()) flashed.flashFrame(on);
}

/** Where the system knows no notifications, the flashing window and the ring tone remain. */
function raise(call: DeskCall, options: CallNotificationOptions): Shown {
  const { newNotification, isSupported, desk, showWindow, sharedScreen, icon, log } = options;
  if (!isSupported()) return { close() {} };
  const snapshot = desk.snapshot();
  const { ringing } = textsOf(snapshot.settings.language);
  const notification = newNotification({
    title: ringing.title,
    body: wordsFor(call, snapshot, sharedScreen),
    icon,
    // The desk rings by itself, on the device the agent chose.
    silent: true,
    urgency: 'critical',
    timeoutType: 'never',
    actions: [
      { type: 'button', text: ringing.answer },
      { type: 'button', text: ringing.reject },
    ],
  });
  notification.on('click', showWindow);
  notification.on('action', ({ actionIndex }) => {
    if (actionIndex === 0) void answerCall({ desk, showWindow, log }, call);
    else void rejectCall(options, call);
  });
  notification.on('failed', (_event, error) =>
    log.warn('a call could not be shown by the system', { error }),
  );
  notification.show();
  return notification;
}

async function rejectCall(
  { desk, log }: Pick<CallNotificationOptions, 'desk' | 'log'>,
  call: DeskCall,
): Promise<void> {
  const rejected = await desk.handle('calls.reject', { callId: call.id, how: 'decline' });
  if (!rejected.ok) log.warn('a call could not be rejected', { code: rejected.error.code });
}

/** Who calls, and for which queue; on a shared screen the queue alone. */
function wordsFor(
  call: Pick<DeskCall, 'customerName' | 'callerName' | 'number' | 'queueId'>,
  { configuration, settings }: Pick<Snapshot, 'configuration' | 'settings'>,
  sharedScreen: boolean,
): string {
  const { ringing } = textsOf(settings.language);
  const queue = configuration?.queues.find(({ id }) => id === call.queueId)?.name[
    settings.language
  ];
  if (sharedScreen) return queue ?? '';
  const name = call.customerName ?? call.callerName;
  const number = call.number.withheld ? ringing.unknownCaller : call.number.display;
  const caller = name ? `${name} · ${number}` : number;
  return queue ? fill(ringing.withQueue, { caller, queue }) : caller;
}

import type { GlobalShortcut } from 'electron';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Notice } from '#shared/contract/models/desk.ts';
import type { Desk } from '../../core/desk.ts';
import type { Log } from '../../core/providers.ts';

/** Ctrl+Alt is AltGr on many keyboards and a screenshot elsewhere; this one is free on all three systems. */
export const usualAnswerKey = 'CommandOrControl+Shift+F9';

export interface AnswerKeyOptions {
  globalShortcut: Pick<GlobalShortcut, 'register' | 'unregister'>;
  /** Electron's way to write a key combination. */
  accelerator: string;
  desk: Pick<Desk, 'handle' | 'snapshot'>;
  notify(notice: Notice): void;
  showWindow(): void;
  log: Log;
}

/** The one key that works in every program: answers the ringing call. Returns the way to give it back. */
export function holdAnswerKey(options: AnswerKeyOptions): () => void {
  const { globalShortcut, accelerator, desk, notify, log } = options;
  const pressed = () => {
    const ringing = ringingCall(desk.snapshot().calls);
    if (ringing) void answerCall(options, ringing);
  };
  if (registers(globalShortcut, accelerator, pressed)) {
    return () => globalShortcut.unregister(accelerator);
  }
  log.warn('the answer key could not be taken', { accelerator });
  const failure = {
    code: 'answer-key-taken',
    message: 'another program has this key',
    details: { key: accelerator },
  } as const;
  notify({ id: 'answer-key', level: 'warning', failure });
  return () => {};
}

/** The oldest call that rings here and waits for this agent. */
export function ringingCall(calls: readonly DeskCall[]): DeskCall | null {
  return calls.find((call) => call.direction === 'in' && call.state === 'ringing') ?? null;
}

/** Answers from outside of the window; where that fails, the window comes up and says why. */
export async function answerCall(
  { desk, showWindow, log }: Pick<AnswerKeyOptions, 'desk' | 'showWindow' | 'log'>,
  call: Pick<DeskCall, 'id'>,
): Promise<void> {
  const answered = await desk.handle('calls.answer', { callId: call.id });
  showWindow();
  if (!answered.ok) log.warn('a call could not be answered', { code: answered.error.code });
}

/** Electron throws on a combination that it cannot read, and says false on one that is taken. */
function registers(
  globalShortcut: AnswerKeyOptions['globalShortcut'],
  accelerator: string,
  pressed: () => void,
): boolean {
  try {
    return globalShortcut.register(accelerator, pressed);
  } catch {
    return false;
  }
}

import type { Dialog } from 'electron';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Desk } from '../../core/desk.ts';
import type { ShellTexts } from '../texts.ts';

const live: ReadonlySet<DeskCall['state']> = new Set(['dialling', 'connecting', 'talking', 'held']);

/** Whether somebody is on the line. A call that only rings goes back to its queue when the desk ends. */
export function hasLiveCall(desk: Pick<Desk, 'snapshot'>): boolean {
  return desk.snapshot().calls.some(({ state }) => live.has(state));
}

/** Asks before a call is ended by quitting; to keep it is the answer of Enter and of Escape. */
export async function mayEndCalls(
  desk: Pick<Desk, 'snapshot'>,
  dialog: Pick<Dialog, 'showMessageBox'>,
  texts: ShellTexts['quit'],
): Promise<boolean> {
  if (!hasLiveCall(desk)) return true;
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: texts.title,
    message: texts.message,
    buttons: [texts.stay, texts.leave],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

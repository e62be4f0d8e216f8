import type { Notice } from '#shared/contract/models/desk.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useShortcut } from '../../app/hotkeys.ts';
import { useDial } from '../../app/useDial.ts';
import { useDesk } from '../../store/desk.ts';

/** The number dialled last is among these. */
const limit = 50;

/** Whom a notice is about, such as a call lost or a line that was busy. */
export interface Noticed {
  /** As it is read. */
  shown: string;
  /** As it is dialled. */
  number: string;
  customerId: string | null;
}

export function noticedCall(notice: Notice | undefined): Noticed | null {
  const { number, dial, customerId } = notice?.failure.details ?? {};
  if (typeof number !== 'string' || number === '') return null;
  return {
    shown: number,
    number: typeof dial === 'string' && dial !== '' ? dial : number,
    customerId: typeof customerId === 'string' ? customerId : null,
  };
}

/** The key dials what the newest notice is about, else the number dialled last, as the desk knows it then. */
export function useRedialKey(): void {
  const notice = useDesk((desk) => desk.notices.at(-1));
  const invoke = useInvoke();
  const dial = useDial();

  async function dialLast(): Promise<void> {
    const recents = await invoke('calls.recents', { limit });
    const last = recents.ok && recents.value.find(({ direction }) => direction === 'out');
    if (last) await dial(last.number.raw, last.customerId);
  }

  useShortcut('call.redial', () => {
    const noticed = noticedCall(notice);
    if (noticed) void dial(noticed.number, noticed.customerId);
    else void dialLast();
  });
}

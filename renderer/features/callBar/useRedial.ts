import type { Notice, RecentCall } from '#shared/contract/models.ts';
import { useShortcut } from '../../app/hotkeys.ts';
import { useDial } from '../../app/useDial.ts';
import { useDesk } from '../../store/desk.ts';

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

/** The key dials what the newest notice is about, else the number dialled last. */
export function useRedialKey(recents: readonly RecentCall[]): void {
  const noticed = noticedCall(useDesk((desk) => desk.notices.at(-1)));
  const dial = useDial();
  const last = recents.find((recent) => recent.direction === 'out' && recent.number.raw !== '');
  const dialled = last ? { number: last.number.raw, customerId: last.customerId } : null;
  const again = noticed ?? dialled;
  const redial = () => {
    if (again) void dial(again.number, again.customerId);
  };
  useShortcut('call.redial', redial, again !== null);
}

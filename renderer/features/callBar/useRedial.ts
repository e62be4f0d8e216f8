import type { Notice, RecentCall } from '#shared/contract/models.ts';
import { useShortcut } from '../../app/hotkeys.ts';
import { useDial } from '../../app/useDial.ts';
import { useDesk } from '../../store/desk.ts';

/** The number that a notice is about, such as a call lost or a line that was busy. */
export function numberOfNotice(notice: Notice | undefined): string | null {
  const number = notice?.failure.details?.number;
  return typeof number === 'string' && number !== '' ? number : null;
}

/** The key dials what the newest notice is about, else the number dialled last. */
export function useRedialKey(recents: readonly RecentCall[]): void {
  const noticed = useDesk((desk) => numberOfNotice(desk.notices.at(-1)));
  const dial = useDial();
  const last = recents.find((recent) => recent.direction === 'out' && recent.number.raw !== '');
  const number = noticed ?? last?.number.raw ?? null;
  const customerId = noticed === null ? (last?.customerId ?? null) : null;
  useShortcut('call.redial', () => void dial(number ?? '', customerId), number !== null);
}

import type { Notices } from '../core/notices.ts';
import type { Clock } from '../core/providers.ts';

/** Tells once when a break lasts longer than the centre allows, and takes it back when the break ends. */
export interface BreakLimit {
  /** When the break that is on is over, ms UTC; null outside of one, or without a limit. */
  follow(endsAt: number | null): void;
}

const noticeId = 'break-over';

export function createBreakLimit(
  clock: Clock,
  notices: Pick<Notices, 'add' | 'remove'>,
): BreakLimit {
  let followed: number | null = null;
  let cancel: (() => void) | null = null;

  function tell(): void {
    cancel = null;
    notices.add({
      id: noticeId,
      level: 'warning',
      failure: { code: 'break-over', message: 'the break lasts longer than the centre allows' },
    });
  }

  return {
    follow(endsAt) {
      if (endsAt === followed) return;
      cancel?.();
      cancel = null;
      notices.remove(noticeId);
      followed = endsAt;
      if (endsAt !== null) cancel = clock.after(Math.max(0, endsAt - clock.now()), tell);
    },
  };
}

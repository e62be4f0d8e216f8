import { errorFields } from '../jobs/errorFields.ts';
import type { JobLog } from '../jobs/jobs.ts';

/** Works on what others have written behind their backs, however they wrote it. */
export interface Follower {
  start(): Promise<void>;
  /** There may be something new. */
  heard(): void;
  /** Wait for what is under way; nothing new is begun. */
  stop(): Promise<void>;
}

/** News come in crowds, with every commit. */
export interface FollowerPace {
  /** Least time between the end of one look and the next, ms. */
  restMs: number;
  /** It rests so many times as long as the work took. */
  restPerWork: number;
}

export interface FollowerOptions {
  /** Before the first look. */
  begin: () => Promise<void>;
  /** Works until there is nothing more, or `goesOn` says no. */
  work: (goesOn: () => boolean) => Promise<void>;
  pace: FollowerPace;
  /** What cannot be done while the database is away, for the log. */
  complaint: string;
  log: JobLog;
}

const askAgainMs = 1_000;
/** A commit is heard by whoever follows and told to all desks at the same moment: the desks come first. */
const behindDesksMs = 20;

/** One look at a time; whatever is heard meanwhile leads to one more. */
export function createFollower({ begin, work, pace, complaint, log }: FollowerOptions): Follower {
  let wanted = false;
  let working: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function heard(): void {
    wanted = true;
    if (!stopped && timer === undefined && working === null)
      timer = setTimeout(look, behindDesksMs);
  }

  function look(): void {
    timer = undefined;
    if (stopped || !wanted) return;
    wanted = false;
    const from = performance.now();
    working = work(() => !stopped)
      .then(() => Math.max(pace.restMs, pace.restPerWork * (performance.now() - from)))
      .catch((error: unknown) => {
        log('warn', complaint, errorFields(error));
        wanted = true;
        return askAgainMs;
      })
      .then((pauseMs) => {
        working = null;
        if (!stopped) timer = setTimeout(look, pauseMs);
      });
  }

  return {
    heard,
    async start() {
      await begin();
      // At once: nobody waits to be told of what is there already.
      wanted = true;
      clearTimeout(timer);
      if (working === null) look();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}

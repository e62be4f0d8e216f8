import type { App } from 'electron';
import type { Clock, Log } from '../../core/providers.ts';

/** How long calls, server and cache may take to end before the process ends anyway. */
const patienceMs = 3_000;

export interface QuitOptions {
  app: Pick<App, 'on' | 'quit' | 'exit'>;
  clock: Clock;
  log: Log;
  /** Whether to quit while a call is going on. Asked without holding up the call. */
  mayLeave(): Promise<boolean>;
  /** Ends calls, says goodbye to the PBX and closes the data. */
  stop(): Promise<void>;
}

export interface Quit {
  /** True once the desk is ending: windows may close. */
  isLeaving(): boolean;
  /** Without a question, for the end of the session or a signal. */
  now(): void;
}

/** Ends the desk in order: BYE before the process goes, but never longer than 3 s. */
export function arrangeQuit({ app, clock, log, mayLeave, stop }: QuitOptions): Quit {
  let state: 'running' | 'asking' | 'stopping' | 'stopped' = 'running';
  let asks = true;

  async function ask(): Promise<void> {
    state = 'asking';
    const isAgreed = await mayLeave();
    if (state !== 'asking') return;
    state = 'running';
    if (isAgreed) await leave();
  }

  async function leave(): Promise<void> {
    state = 'stopping';
    const outcome = await Promise.race([stop().then(() => 'done' as const, failed), late()]);
    if (outcome === 'late') log.warn('not everything ended in time');
    state = 'stopped';
    app.exit(0);
  }

  function failed(error: unknown): 'failed' {
    log.error('the desk did not end cleanly', { error: String(error) });
    return 'failed';
  }

  function late(): Promise<'late'> {
    return new Promise((resolve) => clock.after(patienceMs, () => resolve('late')));
  }

  app.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'stopping') return;
    if (!asks) void leave();
    else if (state === 'running') void ask();
  });

  return {
    isLeaving: () => state === 'stopping' || state === 'stopped',
    now() {
      asks = false;
      app.quit();
    },
  };
}

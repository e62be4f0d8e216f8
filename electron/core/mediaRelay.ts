import { z } from 'zod';
import { errorCodes } from '#shared/contract/errors.ts';
import {
  type MediaCommandName,
  type MediaEvent,
  type MediaInput,
  type MediaOutput,
  mediaCommands,
} from '#shared/contract/media.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Clock, MediaPort } from './providers.ts';

/** How a shell reaches its media page. */
export type SendCommand = (id: number, command: MediaCommandName, input: unknown) => void;

/**
 * Matches commands and answers of the media page. A page that goes away fails what is under way, and
 * one that stays silent fails it after `timeoutMs`: a call never waits for a page for ever.
 */
export interface MediaRelay {
  port: MediaPort;
  attach(send: SendCommand): void;
  detach(): void;
  onResult(id: number, result: unknown): void;
  onEvent(event: MediaEvent): void;
}

/** Longer than a person needs to allow the microphone in the browser's own dialog. */
const timeoutMs = 30_000;

const resultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({ code: z.enum(errorCodes), message: z.string().max(1000) }),
  }),
]);

interface Waiting {
  command: MediaCommandName;
  settle(result: Result<unknown>): void;
  cancelTimeout(): void;
}

export function createMediaRelay(clock: Clock): MediaRelay {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: MediaEvent) => void>();
  let send: SendCommand | null = null;
  let nextId = 1;

  function settle(id: number, result: Result<unknown>): void {
    const one = waiting.get(id);
    if (!one) return;
    waiting.delete(id);
    one.cancelTimeout();
    one.settle(result);
  }

  function run<C extends MediaCommandName>(
    command: C,
    input: MediaInput<C>,
  ): Promise<Result<MediaOutput<C>>> {
    const reach = send;
    if (!reach) return Promise.resolve(fail('media-page-absent', 'no media page is there'));
    const id = nextId++;
    return new Promise((resolve) => {
      waiting.set(id, {
        command,
        settle: (result) => resolve(result as Result<MediaOutput<C>>),
        cancelTimeout: clock.after(timeoutMs, () =>
          settle(id, fail('media-failed', 'the media page did not answer')),
        ),
      });
      reach(id, command, input);
    });
  }

  return {
    port: {
      run,
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      present: () => send !== null,
    },
    attach(next) {
      send = next;
    },
    detach() {
      const wasThere = send !== null;
      send = null;
      for (const id of [...waiting.keys()]) {
        settle(id, fail('media-page-absent', 'the media page went away'));
      }
      if (wasThere) for (const listener of listeners) listener({ type: 'gone' });
    },
    onResult(id, result) {
      const one = waiting.get(id);
      if (one) settle(id, check(one.command, result));
    },
    onEvent(event) {
      for (const listener of listeners) listener(event);
    },
  };
}

/** The page is ours, but it runs beside the web: its answers are checked like any other. */
function check(command: MediaCommandName, result: unknown): Result<unknown> {
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success) return fail('media-failed', 'the media page gave no proper answer');
  if (!parsed.data.ok) return parsed.data;
  const value = mediaCommands[command].output.safeParse(parsed.data.value);
  return value.success
    ? ok(value.data)
    : fail('media-failed', 'the media page gave a wrong answer');
}

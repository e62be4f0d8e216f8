import type { Clock, MediaPort } from '#electron/core/providers.ts';
import type { MediaCommandName, MediaInput, MediaOutput } from '#shared/contract/media.ts';
import { fail, type Result } from '#shared/result.ts';

/** A page that works answers in a few ms; one that does not by now is frozen. */
const usualMs = 5_000;
/** A headset may take its time to open. */
const openingMs = 12_000;

/**
 * The same port, but one that never rejects and never keeps a call waiting: a page that breaks off counts as absent,
 * one that is silent fails within 5 s, or 12 s where it opens the microphone. Only where the microphone was never open
 * a person may be asked for it, which takes the time it takes.
 */
export function guarded(media: MediaPort, clock: Clock): MediaPort {
  const described = new Set<string>();
  let isMicrophoneOpen = false;
  media.listen((event) => {
    if (event.type === 'microphone') isMicrophoneOpen = event.state === 'ok';
    if (event.type === 'ready') described.clear();
  });

  function limitMs(command: MediaCommandName, input: object): number | null {
    const session = sessionOf(input);
    const opens = command === 'prepare' || (command === 'describe' && !described.has(session));
    if (!opens) return usualMs;
    return isMicrophoneOpen ? openingMs : null;
  }

  async function run<C extends MediaCommandName>(
    command: C,
    input: MediaInput<C>,
  ): Promise<Result<MediaOutput<C>>> {
    const ms = limitMs(command, input);
    const running = media
      .run(command, input)
      .catch((): Result<MediaOutput<C>> => fail('media-page-absent', 'the media page broke off'));
    const result = await (ms === null ? running : inTime(clock, ms, running));
    if (command === 'describe' && result.ok) described.add(sessionOf(input));
    if (command === 'close') described.delete(sessionOf(input));
    return result;
  }

  return { run, listen: (listener) => media.listen(listener), present: () => media.present() };
}

function sessionOf(input: object): string {
  return 'session' in input ? String(input.session) : '';
}

function inTime<T>(clock: Clock, ms: number, running: Promise<Result<T>>): Promise<Result<T>> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () =>
      resolve(fail('media-failed', 'the media page does not answer')),
    );
    running.then((result) => {
      cancel();
      resolve(result);
    });
  });
}

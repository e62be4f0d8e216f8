import type { MediaEvent, MediaInput } from '#shared/contract/media.ts';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { EventHub } from '../core/events.ts';
import type { Log, MediaPort } from '../core/providers.ts';
import type { CallService } from './calls.ts';

type Button = Extract<MediaEvent, { type: 'button' }>['button'];
type Lights = MediaInput<'headset'>;

export interface HeadsetOptions {
  media: MediaPort;
  events: Pick<EventHub, 'listen'>;
  calls: Pick<CallService, 'list' | 'answer' | 'reject' | 'hangUp' | 'mute' | 'hold'>;
  /** Dials the number dialled last. */
  redial(): Promise<unknown>;
  log: Log;
}

/** What the headset's lights tell of these calls. */
export function lightsFor(calls: readonly DeskCall[]): Lights {
  const { ringing, current } = sort(calls);
  return {
    ringing: ringing !== null,
    offHook: current !== null,
    muted: current?.muted ?? false,
    held: current?.state === 'held',
  };
}

/** Lets the buttons of a headset do what the call bar does, and its lights follow the calls. Gives the way to end it. */
export function followHeadset(options: HeadsetOptions): () => void {
  const { media, events, calls, log } = options;
  let shown = '';

  function show(): void {
    const lights = lightsFor(calls.list());
    const next = JSON.stringify(lights);
    if (next === shown) return;
    shown = next;
    media.run('headset', lights).catch(() => undefined);
  }

  function showAgain(): void {
    shown = '';
    show();
  }

  async function press(button: Button): Promise<void> {
    try {
      await act(button, options);
    } catch (error) {
      log.warn('a headset button could not be followed', { button, error: String(error) });
    }
    // The headset has changed over by itself, whatever came of it.
    showAgain();
  }

  const stopCalls = events.listen((name) => {
    if (name === 'call.changed' || name === 'call.removed') show();
  });
  const stopMedia = media.listen((event) => {
    if (event.type === 'button') void press(event.button);
    else if (event.type === 'ready') showAgain();
  });
  show();

  return () => {
    stopCalls();
    stopMedia();
    const dark: Lights = { ringing: false, offHook: false, muted: false, held: false };
    media.run('headset', dark).catch(() => undefined);
  };
}

async function act(button: Button, { calls, redial }: HeadsetOptions): Promise<unknown> {
  const { ringing, current } = sort(calls.list());
  switch (button) {
    case 'hook':
      if (current) return calls.hangUp(current.id);
      return ringing && calls.answer(ringing.id);
    case 'mute':
      return current && calls.mute(current.id, !current.muted);
    case 'hold':
      // Flash: the waiting call, while the phone holds the one before.
      if (ringing && current) return calls.answer(ringing.id);
      return current && calls.hold(current.id, current.state !== 'held');
    case 'reject':
      return ringing && calls.reject(ringing.id, 'decline');
    case 'redial':
      return ringing || current ? null : redial();
  }
}

const liveliest: readonly DeskCall['state'][] = ['talking', 'connecting', 'dialling', 'held'];

/** The call that rings, and the one that the headset is in: the one talking before one that is only held. */
function sort(calls: readonly DeskCall[]): { ringing: DeskCall | null; current: DeskCall | null } {
  const ringing = calls.find(({ state }) => state === 'ringing') ?? null;
  const [current = null] = liveliest.flatMap((state) =>
    calls.filter((call) => call.state === state),
  );
  return { ringing, current };
}

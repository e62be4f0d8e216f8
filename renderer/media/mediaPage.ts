import type { MediaLink } from '#shared/contract/bridge.ts';
import type { MediaCommandName, MediaInput, MediaOutput } from '#shared/contract/media.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { MediaDesk } from './mediaDesk.ts';
import type { Peer } from './peer.ts';

type Commands = {
  [C in MediaCommandName]: (input: MediaInput<C>) => Promise<Result<MediaOutput<C>>>;
};

const nothing = ok({});

/**
 * Runs the media of this desk in this page: does the commands of the main process, reports `ready` at once and
 * connections, devices and microphone as they change. Needs a secure context for the microphone.
 */
export function startMediaPage(link: MediaLink): void {
  const desk = new MediaDesk((event) => link.report(event));
  const commands = commandsOf(desk);
  link.handle(async (command, input) => {
    try {
      return await commands[command](input);
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
      return fail('media-failed', reason.slice(0, 300));
    }
  });
  desk.watch();
  link.report({ type: 'ready' });
}

function commandsOf(desk: MediaDesk): Commands {
  return { ...callCommands(desk), ...deviceCommands(desk) };
}

type CallCommandName =
  | 'describe'
  | 'accept'
  | 'rollback'
  | 'close'
  | 'mute'
  | 'digits'
  | 'stats'
  | 'mix';

function callCommands(desk: MediaDesk): Pick<Commands, CallCommandName> {
  const withPeer = async (
    session: string,
    act: (peer: Peer) => unknown,
  ): Promise<Result<MediaOutput<'mute'>>> => {
    const peer = desk.peers.get(session);
    if (!peer) return fail('media-failed', 'no such session in this page');
    await act(peer);
    return nothing;
  };
  return {
    describe: ({ session, hold, gatherMs }) => desk.peer(session).describe(hold, gatherMs),
    accept: async ({ session, sdp }) => {
      await desk.peer(session).accept(sdp);
      return nothing;
    },
    rollback: ({ session }) => withPeer(session, (peer) => peer.rollback()),
    close: async ({ session }) => {
      desk.close(session);
      return nothing;
    },
    mute: ({ session, on }) => withPeer(session, (peer) => peer.mute(on)),
    digits: async ({ session, digits }) =>
      ok({ sent: desk.peers.get(session)?.digits(digits) ?? false }),
    stats: async ({ session }) => ok((await desk.peers.get(session)?.stats()) ?? null),
    mix: async ({ sessions }) => {
      desk.mixer.mix(sessions);
      return nothing;
    },
  };
}

function deviceCommands(desk: MediaDesk): Omit<Commands, CallCommandName> {
  const { devices, headset, meter, microphone, tones } = desk;
  const done = (result: Result<null>): Result<MediaOutput<'ring'>> =>
    result.ok ? nothing : result;
  return {
    useDevices: async (choice) => done(await devices.choose(choice)),
    meter: async ({ on }) => {
      // At once: turned off again before a person allowed the microphone, it stays off.
      meter.turn(on);
      if (!on) return nothing;
      const opened = await microphone.open();
      return opened.ok ? nothing : opened;
    },
    testSound: async ({ on }) => done(await (on === 'ringer' ? tones.ring : tones.trial).once()),
    headset: async (lights) => {
      await headset.show(lights);
      return nothing;
    },
    ring: async ({ on, waiting }) => {
      // One of the two at a time: the last call rings on as it should while another ends.
      if (!on || waiting) tones.ring.stop();
      if (!on || !waiting) tones.waiting.stop();
      if (on) return done(await (waiting ? tones.waiting : tones.ring).start());
      return nothing;
    },
    prepare: async () => {
      tones.ring.prepare();
      const opened = await microphone.open();
      return opened.ok ? nothing : opened;
    },
  };
}

import type { MediaLink } from '#shared/contract/bridge.ts';
import type { MediaCommandName, MediaInput, MediaOutput } from '#shared/contract/media.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { Microphone } from './microphone.ts';
import { Peer } from './peer.ts';
import { RingTone } from './ringTone.ts';

type Commands = {
  [C in MediaCommandName]: (input: MediaInput<C>) => Promise<Result<MediaOutput<C>>>;
};

const nothing = ok({});

/**
 * Runs the media of this desk in this page: does the commands of the main process, reports `ready` at once and
 * connections and microphone as they change. Needs a secure context for the microphone.
 */
export function startMediaPage(link: MediaLink): void {
  const peers = new Map<string, Peer>();
  const ringTone = new RingTone();
  const report = link.report.bind(link);
  const microphone = new Microphone(report, (stream) => {
    for (const peer of peers.values()) peer.sendFrom(stream).catch(() => undefined);
  });
  const commands = makeCommands({ peers, ringTone, microphone, report });
  link.handle(async (command, input) => {
    try {
      return await commands[command](input);
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown';
      return fail('media-failed', reason.slice(0, 300));
    }
  });
  microphone.watch();
  link.report({ type: 'ready' });
}

function makeCommands(of: {
  peers: Map<string, Peer>;
  ringTone: RingTone;
  microphone: Microphone;
  report: MediaLink['report'];
}): Commands {
  const { peers, ringTone, microphone, report } = of;
  const made = (session: string): Peer => {
    const known = peers.get(session);
    if (known) return known;
    const peer = new Peer(session, microphone, report);
    peers.set(session, peer);
    return peer;
  };
  const withPeer = async (
    session: string,
    act: (peer: Peer) => unknown,
  ): Promise<Result<MediaOutput<'mute'>>> => {
    const peer = peers.get(session);
    if (!peer) return fail('media-failed', 'no such session in this page');
    await act(peer);
    return nothing;
  };
  return {
    describe: ({ session, hold, gatherMs }) => made(session).describe(hold, gatherMs),
    accept: async ({ session, sdp }) => {
      await made(session).accept(sdp);
      return nothing;
    },
    rollback: ({ session }) => withPeer(session, (peer) => peer.rollback()),
    close: async ({ session }) => {
      peers.get(session)?.close();
      peers.delete(session);
      return nothing;
    },
    mute: ({ session, on }) => withPeer(session, (peer) => peer.mute(on)),
    digits: async ({ session, digits }) =>
      ok({ sent: peers.get(session)?.digits(digits) ?? false }),
    stats: async ({ session }) => ok((await peers.get(session)?.stats()) ?? null),
    ring: async ({ on }) => {
      if (on) {
        const started = await ringTone.start();
        return started.ok ? nothing : started;
      }
      ringTone.stop();
      return nothing;
    },
    prepare: async () => {
      ringTone.prepare();
      const opened = await microphone.open();
      return opened.ok ? nothing : opened;
    },
  };
}

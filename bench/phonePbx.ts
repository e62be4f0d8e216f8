import { fileURLToPath } from 'node:url';
import { type PracticePbx, startPracticePbx } from '#server/practice/practicePbx.ts';
import type { PhoneAccount } from '#shared/sync/messages.ts';

/** A PBX to measure phones at: ours and one that is sip.js alone, each on an extension of its own. */
export interface PhonePbx {
  name: string;
  account(extension: string): PhoneAccount;
  /** Its queues want to be told that a desk is ready. */
  hasQueues: boolean;
  /** A caller rings at this desk; the answer ends the call and resolves when the PBX is done with it. */
  ring(extension: string): () => Promise<void>;
  close(): Promise<void>;
}

export const extensions = { ours: '2041', plain: '2042' } as const;
const password = 'right';

export async function openPracticePbx(
  port = 0,
  accounts: readonly string[] = Object.values(extensions),
): Promise<PhonePbx & { pbx: PracticePbx }> {
  const pbx = await startPracticePbx({
    port,
    resourcesDir: fileURLToPath(new URL('../resources', import.meta.url)),
    loopbackMedia: true,
    accounts: accounts.map((extension) => ({
      extension,
      password,
      name: extension,
      queues: ['support'],
    })),
    queues: [{ id: 'support', name: 'support' }],
    timing: { wrapUpMs: 0, talkMs: { min: 3_600_000, max: 3_600_000 } },
  });
  return {
    name: 'practice PBX',
    pbx,
    hasQueues: true,
    account: (extension) => ({
      uri: `sip:${extension}@practice.invalid`,
      server: pbx.url,
      user: extension,
      password,
    }),
    ring: (extension) => {
      const number = '+8613800138000';
      const callRef = pbx.placeCall({ number, queue: 'support', agent: extension });
      if (callRef === undefined) throw new Error('the call was not placed');
      return () => hangUp(pbx, callRef);
    },
    close: () => pbx.close(),
  };
}

/** Resolves when the PBX is done with the call, once it knows it as answered. */
async function hangUp(pbx: PracticePbx, callRef: string): Promise<void> {
  await answeredAt(pbx, callRef);
  const ended = new Promise<void>((resolve) => {
    const listener = (event: { callRef: string }) => {
      if (event.callRef !== callRef) return;
      pbx.events.off('callEnded', listener);
      resolve();
    };
    pbx.events.on('callEnded', listener);
  });
  pbx.hangUpCaller(callRef);
  await ended;
}

function answeredAt(pbx: PracticePbx, callRef: string): Promise<void> {
  const isUp = () =>
    pbx
      .state()
      .calls.some((call) => call.callRef === callRef && call.legs.some(({ answered }) => answered));
  if (isUp()) return Promise.resolve();
  return new Promise((resolve) => {
    const listener = () => {
      if (!isUp()) return;
      pbx.events.off('callAnswered', listener);
      resolve();
    };
    pbx.events.on('callAnswered', listener);
  });
}

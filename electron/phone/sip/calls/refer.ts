import type { Notification } from 'sip.js';
import { SessionState } from 'sip.js';
import { quietly } from '../quietly.ts';
import type { Leg } from './leg.ts';
import type { LegHost } from './legHost.ts';

/** Longest silence between two words of the PBX about a transfer; a target may ring as long as a queue lets it. */
const silenceMs = 60_000;

/**
 * How a REFER came out. `refused`: the status of the PBX's own answer; `failed`: the status that the target gave;
 * `ended`: the dialog was over before that was known, `accepted` tells whether the PBX had taken the REFER.
 */
export type ReferOutcome =
  | { kind: 'done' }
  | { kind: 'refused'; status: number }
  | { kind: 'failed'; status: number }
  | { kind: 'ended'; accepted: boolean }
  | { kind: 'silent' }
  | { kind: 'lost' };

/**
 * Sends a REFER in the leg's dialog and follows its progress (RFC 3515 §2.4). `referTo` is the header's value.
 * A success that is told after the outcome was given up still comes as `late`.
 */
export function refer(
  host: LegHost,
  leg: Leg,
  by: { referTo: string; late: () => void },
): Promise<ReferOutcome> {
  const { session } = leg;
  const { dialog } = session;
  if (!dialog) return Promise.resolve({ kind: 'ended', accepted: false });
  const { promise, resolve } = Promise.withResolvers<ReferOutcome>();
  let isOpen = true;
  let accepted = false;
  let cancelSilence = (): void => undefined;
  const settle = (outcome: ReferOutcome): void => {
    if (!isOpen) {
      if (outcome.kind === 'done') by.late();
      return;
    }
    isOpen = false;
    cancelSilence();
    stopHearing();
    session.stateChange.removeListener(onState);
    resolve(outcome);
  };
  const wait = (): void => {
    cancelSilence();
    if (isOpen) cancelSilence = host.clock.after(silenceMs, () => settle({ kind: 'silent' }));
  };
  const onState = (state: SessionState): void => {
    if (state === SessionState.Terminated) settle({ kind: 'ended', accepted });
  };
  const stopHearing = host.onSocketLost(() => settle({ kind: 'lost' }));
  session.stateChange.addListener(onState);
  leg.onNotify = (notification) => {
    quietly(host.log, () => notification.accept());
    if (!isOfRefer(notification)) return;
    wait();
    const outcome = outcomeOf(notification);
    if (outcome) settle(outcome);
  };
  wait();
  dialog.refer(
    {
      onAccept: ({ message }) => {
        accepted = true;
        // RFC 4488 §4: the PBX tells nothing more.
        if (/^\s*false\b/iu.test(message.getHeader('Refer-Sub') ?? '')) settle({ kind: 'done' });
      },
      onReject: ({ message }) => {
        // What the library makes up itself (408, 503) has no Call-ID: the PBX never said it.
        const isOfPbx = message.callId && host.isConnected();
        settle(isOfPbx ? { kind: 'refused', status: message.statusCode ?? 500 } : { kind: 'lost' });
      },
      onRedirect: ({ message }) => settle({ kind: 'refused', status: message.statusCode ?? 300 }),
    },
    {
      extraHeaders: [
        `Refer-To: ${by.referTo}`,
        `Referred-By: <${host.userAgent.configuration.uri.toString()}>`,
        `Contact: ${host.userAgent.contact.toString()}`,
      ],
    },
  );
  return promise;
}

function isOfRefer({ request }: Notification): boolean {
  return /^\s*refer\b/iu.test(request.getHeader('Event') ?? '');
}

/** Null while the transfer goes on. The end of the subscription without a final answer counts as none. */
function outcomeOf({ request }: Notification): ReferOutcome | null {
  const status = Number(/^\s*SIP\/2\.0\s+(\d{3})\b/iu.exec(request.body)?.[1] ?? 0);
  if (status >= 300) return { kind: 'failed', status };
  if (status >= 200) return { kind: 'done' };
  const isOver = /^\s*terminated\b/iu.test(request.getHeader('Subscription-State') ?? '');
  return isOver ? { kind: 'silent' } : null;
}

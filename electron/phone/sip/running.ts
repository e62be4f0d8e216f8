import type { Clock, Log, MediaPort } from '#electron/core/providers.ts';
import type { PhoneAccount } from '#shared/sync/messages.ts';
import type { PhoneEvent, PhoneRules } from '../phone.ts';
import { atMost } from './atMost.ts';
import { Legs } from './calls/legs.ts';
import { type Line, openLine } from './line/line.ts';
import { watchOwnAddresses } from './line/ownAddresses.ts';
import type { RegistrationState } from './line/registration.ts';

export interface RunningOptions {
  media: MediaPort;
  clock: Clock;
  log: Log;
  random: () => number;
  gatherMs: number;
  pingEveryMs: number;
  watchEveryMs: number;
  rules: () => PhoneRules;
  emit: (event: PhoneEvent) => void;
  /** The PBX has this desk again; its calls are told after this. */
  registered: () => void;
  changed: (state: RegistrationState) => void;
}

/** One account's line with the calls on it. */
export interface Running {
  line: Line;
  legs: Legs;
  /** Ends the calls, unregisters and closes the socket, within 2 s. */
  close(): Promise<void>;
}

/** With the closing of the socket (0.5 s) within the 2 s of the port. */
const goodbyeMs = 1_200;

/** Null where the account has no usable address. Nothing is sent before `line.start`. */
export function run(account: PhoneAccount, options: RunningOptions): Running | null {
  const { clock, watchEveryMs } = options;
  const line = openLine({
    ...options,
    account,
    describe: (session) => legs.describe(session),
    offered: (invitation, wireAt) => legs.offered(invitation, wireAt),
    socketLost: () => legs.socketLost(),
    registered: () => {
      options.registered();
      legs.registered();
    },
  });
  if (!line) return null;
  const legs = new Legs(options, line);
  const stopWatching = watchOwnAddresses({
    clock,
    everyMs: watchEveryMs,
    changed: () => {
      legs.pathChanged();
      line.registration.resume();
    },
  });
  return {
    line,
    legs,
    close: async () => {
      stopWatching();
      legs.endAll();
      await atMost(clock, goodbyeMs, line.registration.stop());
      await line.close();
    },
  };
}

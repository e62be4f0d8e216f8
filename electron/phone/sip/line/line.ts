import type { Invitation } from 'sip.js';
import { type Session, type SessionDescriptionHandler, SIPExtension, UserAgent } from 'sip.js';
import type { Clock, Log } from '#electron/core/providers.ts';
import type { PhoneAccount } from '#shared/sync/messages.ts';
import { quietly } from '../quietly.ts';
import { Registration, type RegistrationState } from './registration.ts';
import { sipLogConnector } from './sipLog.ts';
import { SocketTransport, type SocketTransportOptions } from './transport.ts';

export interface LineOptions {
  account: PhoneAccount;
  pingEveryMs: number;
  clock: Clock;
  log: Log;
  random: () => number;
  describe: (session: Session) => SessionDescriptionHandler;
  offered: (invitation: Invitation, wireAt: number) => void;
  socketLost: () => void;
  registered: () => void;
  changed: (state: RegistrationState) => void;
}

/** One account's way to its PBX: user agent, socket and registration. */
export interface Line {
  userAgent: UserAgent;
  transport: SocketTransport;
  registration: Registration;
  start(): void;
  /** Closes at once; what still has to be said to the PBX must have been said. */
  close(): Promise<void>;
}

/** The PBX decides how long a call rings; this is only the end of what it forgot, s. */
const noAnswerS = 3_600;

/** Null where the account's address is not a SIP address or the server not a WebSocket. */
export function openLine(options: LineOptions): Line | null {
  const { account, pingEveryMs, clock, log } = options;
  const uri = UserAgent.makeURI(account.uri);
  if (!uri || !/^wss?:\/\//iu.test(account.server)) return null;
  const transportOptions: SocketTransportOptions = {
    server: account.server,
    pingEveryMs,
    clock,
    log,
  };
  const userAgent = new UserAgent({
    uri,
    authorizationUsername: account.user,
    authorizationPassword: account.password,
    userAgentString: 'Switchboard',
    transportConstructor: SocketTransport,
    transportOptions,
    sessionDescriptionHandlerFactory: (session) => options.describe(session),
    sipExtensionReplaces: SIPExtension.Supported,
    sendInitialProvisionalResponse: false,
    gracefulShutdown: false,
    noAnswerTimeout: noAnswerS,
    logBuiltinEnabled: false,
    logConfiguration: false,
    logLevel: 'warn',
    logConnector: sipLogConnector(log),
  });
  const { transport } = userAgent;
  if (!(transport instanceof SocketTransport)) return null;
  const registration = new Registration({
    ...options,
    userAgent,
    transport,
    registered: () => {
      transport.repeatUnheard();
      options.registered();
    },
  });
  userAgent.delegate = {
    onInvite: (invitation) => options.offered(invitation, transport.receivedAt),
    onDisconnect: () => {
      options.socketLost();
      registration.socketLost();
    },
  };
  return {
    userAgent,
    transport,
    registration,
    start: () => {
      // The library starts listening; the connection it opens is the one that the registration waits for.
      quietly(log, () => userAgent.start());
      registration.start();
    },
    close: async () => {
      await transport.disconnect();
      await userAgent.stop().catch(() => undefined);
    },
  };
}

import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { Agents } from './calls/agents.ts';
import { AutoCallers } from './calls/autoCallers.ts';
import { Callers, type PlaceCall } from './calls/callers.ts';
import { Dialling } from './calls/dialling.ts';
import { Exchange } from './calls/exchange.ts';
import { Listening } from './calls/listening.ts';
import { TakeOvers } from './calls/takeOvers.ts';
import { Transfers } from './calls/transfers.ts';
import { WaitingRoom } from './calls/waitingRoom.ts';
import { type Clock, guardedClock, systemClock } from './clock.ts';
import type { PracticeContext } from './context.ts';
import { Control } from './control/control.ts';
import { EventLog } from './control/eventLog.ts';
import { streamEvents } from './control/eventStream.ts';
import { controlRoutes } from './control/routes.ts';
import { type PracticeEvents, practiceEvents } from './events.ts';
import { type PracticeLog, reasonOf, silentLog } from './log.ts';
import { Pacer } from './media/pacer.ts';
import { VoiceLibrary } from './media/voices.ts';
import { tidyRecordings } from './media/waveFile.ts';
import { type PracticeState, practiceState } from './practiceState.ts';
import { seededRandom } from './random.ts';
import { type PracticeSettingsInput, practiceSettingsSchema } from './settings.ts';
import { keepWatch } from './sip/keepWatch.ts';
import { Lines } from './sip/lines.ts';

const mostMessageBytes = 65_536;
const sipPath = '/ws';
/** Older ones make room when the practice PBX starts. */
const mostRecordings = 500;

export type PracticePbxOptions = PracticeSettingsInput & { log?: PracticeLog; clock?: Clock };

export interface PracticePbx {
  /** Where desks connect: `ws://host:port/ws`, subprotocol `sip`. */
  url: string;
  /** Where the control interface is, without a slash at the end; undefined without a token. */
  controlUrl: string | undefined;
  port: number;
  events: PracticeEvents;
  state(): PracticeState;
  /** Lets a caller enter a queue; the call reference, or undefined if there is no such queue. */
  placeCall(call: PlaceCall): string | undefined;
  /** The caller hangs up, waiting or talking; false if there is no such call. */
  hangUpCaller(callRef: string): boolean;
  setCallers(enabled: boolean): void;
  /** Ends every call and socket; resolves when the port is free again. */
  close(): Promise<void>;
}

export type StartFailure = 'port-in-use' | 'address-unavailable' | 'voices-missing' | 'failed';

/** Why the practice PBX could not start. */
export class PracticeStartError extends Error {
  readonly code: StartFailure;

  constructor(code: StartFailure, message: string) {
    super(message);
    this.name = 'PracticeStartError';
    this.code = code;
  }
}

/**
 * Starts the practice PBX: a SIP registrar and queue over WebSocket with simulated callers, for training and tests.
 * Rejects with a `PracticeStartError`; wrong options are a `ZodError`.
 */
export async function startPracticePbx(options: PracticePbxOptions): Promise<PracticePbx> {
  const { log = silentLog, clock = systemClock, ...input } = options;
  const settings = practiceSettingsSchema.parse(input);
  if (settings.recordingsDir) await tidyRecordings(settings.recordingsDir, mostRecordings);
  const context: PracticeContext = {
    settings,
    clock: guardedClock(clock, (error) =>
      log('error', 'a timed action failed', { reason: reasonOf(error) }),
    ),
    log,
    events: practiceEvents(),
    random: seededRandom(settings.seed),
    pacer: new Pacer(),
    voices: loadVoices(settings.resourcesDir),
  };
  return new RunningPbx(context).listen();
}

class RunningPbx {
  #context: PracticeContext;
  #exchange: Exchange;
  #waitingRoom: WaitingRoom;
  #callers: Callers;
  #autoCallers: AutoCallers;
  #listening: Listening;
  #lines: Lines;
  #log: EventLog;
  #server: Server;
  #sockets: WebSocketServer;

  constructor(context: PracticeContext) {
    this.#context = context;
    const { settings } = context;
    this.#log = new EventLog(context.events);
    const agents = new Agents({
      accounts: settings.accounts,
      clock: context.clock,
      events: context.events,
      wrapUpMs: settings.timing.wrapUpMs,
      onChange: () => this.#considerCallers(),
    });
    this.#exchange = new Exchange(context, agents);
    this.#waitingRoom = new WaitingRoom(this.#exchange);
    this.#callers = new Callers(this.#exchange, this.#waitingRoom);
    this.#listening = new Listening(this.#exchange);
    const dialling = new Dialling(this.#exchange, this.#waitingRoom);
    new Transfers(this.#exchange, dialling, this.#waitingRoom);
    this.#exchange.listen({
      ended: (call) => {
        this.#waitingRoom.leave(call);
        this.#considerCallers();
      },
    });
    this.#lines = new Lines(this.#exchange, dialling);
    this.#autoCallers = new AutoCallers({
      exchange: this.#exchange,
      waitingRoom: this.#waitingRoom,
      place: (caller) => this.#callers.place(caller),
    });
    const control = this.#control();
    this.#server = createServer((request, response) => {
      control.handle(request, response).catch((error: unknown) => {
        context.log('warn', 'control request failed', { reason: reasonOf(error) });
        response.destroy();
      });
    });
    this.#sockets = this.#webSockets();
  }

  async listen(): Promise<PracticePbx> {
    const { host, controlToken } = this.#context.settings;
    const port = await listenOn(this.#server, host, this.#context.settings.port);
    const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    return {
      url: `ws://${authority}${sipPath}`,
      controlUrl: controlToken === undefined ? undefined : `http://${authority}/control`,
      port,
      events: this.#context.events,
      state: () => this.#state(),
      placeCall: (call) => this.#callers.place(call),
      hangUpCaller: (callRef) => this.#callers.hangUp(callRef),
      setCallers: (enabled) => this.#autoCallers.switch(enabled),
      close: () => this.#close(),
    };
  }

  #state(): PracticeState {
    return practiceState({
      exchange: this.#exchange,
      waitingRoom: this.#waitingRoom,
      listening: this.#listening,
      callersEnabled: this.#autoCallers.enabled,
      sequence: this.#log.sequence,
    });
  }

  #control(): Control {
    const state = () => this.#state();
    const source = { log: this.#log, state, clock: this.#context.clock };
    return new Control({
      token: this.#context.settings.controlToken,
      stream: (request, response) => streamEvents(source, request, response),
      routes: controlRoutes({
        exchange: this.#exchange,
        callers: this.#callers,
        autoCallers: this.#autoCallers,
        listening: this.#listening,
        takeOvers: new TakeOvers(this.#exchange, this.#listening),
        state,
      }),
    });
  }

  #considerCallers(): void {
    this.#waitingRoom.consider();
    this.#autoCallers.consider();
  }

  #webSockets(): WebSocketServer {
    const sockets = new WebSocketServer({
      server: this.#server,
      path: sipPath,
      maxPayload: mostMessageBytes,
      // An ACK and the re-INVITE after it may come in one packet: the first must be through before the second.
      allowSynchronousEvents: false,
      handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
    });
    sockets.on('connection', (socket) => {
      keepWatch(socket, this.#context.clock, this.#context.settings.timing.pingMs);
      this.#lines.accept(socket);
    });
    // The HTTP server's own listener tells why it could not start.
    sockets.on('error', () => undefined);
    return sockets;
  }

  async #close(): Promise<void> {
    this.#autoCallers.close();
    for (const call of this.#exchange.calls) this.#exchange.finish(call, 'pbx');
    this.#waitingRoom.close();
    await new Promise((resolve) => setImmediate(resolve));
    this.#lines.close();
    for (const client of this.#sockets.clients) client.terminate();
    await new Promise<void>((resolve) => this.#sockets.close(() => resolve()));
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function loadVoices(resourcesDir: string): VoiceLibrary {
  try {
    return new VoiceLibrary(join(resourcesDir, 'practice'));
  } catch (error) {
    throw new PracticeStartError('voices-missing', reasonOf(error));
  }
}

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(startError(error, host, port)));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function startError(error: NodeJS.ErrnoException, host: string, port: number): PracticeStartError {
  if (error.code === 'EADDRINUSE') {
    return new PracticeStartError('port-in-use', `port ${port} on ${host} is taken`);
  }
  if (error.code === 'EADDRNOTAVAIL') {
    return new PracticeStartError('address-unavailable', `${host} is no address of this machine`);
  }
  return new PracticeStartError('failed', error.message);
}

import type {
  Happening,
  Listener,
  LiveCall,
  PbxConnector,
  PbxEvent,
  PbxSurroundings,
} from '#server/pbx/connector.ts';
import { usualPbxTimes } from '#server/pbx/connector.ts';

/** The server's line to the PBX, with all it told. */
export class ConnectorLine {
  readonly connector: PbxConnector;
  readonly told: PbxEvent[] = [];
  readonly logged: string[] = [];
  #waiters = new Set<() => void>();

  constructor(open: (surroundings: PbxSurroundings) => PbxConnector) {
    this.connector = open({
      now: Date.now,
      log: (level, message, fields) =>
        this.logged.push(`${level} ${message} ${JSON.stringify(fields)}`),
      times: { ...usualPbxTimes, backoffMs: { first: 100, most: 500 } },
    });
    this.connector.heard((event) => {
      this.told.push(event);
      for (const look of [...this.#waiters]) look();
    });
  }

  /** The first event since `from` that fits. */
  until<T>(find: (event: PbxEvent) => T | null | false, from = 0): Promise<T> {
    return new Promise((resolve) => {
      let at = from;
      const look = (): void => {
        for (; at < this.told.length; at += 1) {
          const event = this.told[at];
          const found = event && find(event);
          if (!found) continue;
          this.#waiters.delete(look);
          resolve(found);
          return;
        }
      };
      this.#waiters.add(look);
      look();
    });
  }

  /** The first of this name since `from`. */
  happened(name: Happening['name'], from = 0): Promise<Happening> {
    return this.until(
      (event) => event.type === 'happened' && event.event.name === name && event.event,
      from,
    );
  }

  /** What was told of calls since `from`, in short. */
  story(from = 0): string[] {
    return this.told.slice(from).flatMap((event) => {
      if (event.type !== 'happened') return [];
      const { name, ...one } = event.event;
      const words = [
        'extension' in one ? one.extension : null,
        'queueId' in one ? one.queueId : null,
        'how' in one ? one.how : null,
        'called' in one ? one.called : null,
        'to' in one ? one.to : null,
        'by' in one ? `by ${one.by}` : null,
      ];
      return [[name, ...words].filter((word) => word !== null).join(' ')];
    });
  }

  connected(from = 0): Promise<true> {
    return this.until(
      (event) => event.type === 'connection' && event.status.state === 'connected',
      from,
    );
  }

  call(change: string, extension: string, from = 0): Promise<LiveCall> {
    return this.until(
      (event) =>
        event.type === 'call' &&
        event.change === change &&
        event.call.extension === extension &&
        event.call,
      from,
    );
  }

  listener(change: string, from = 0): Promise<Listener> {
    return this.until(
      (event) => event.type === 'listener' && event.change === change && event.listener,
      from,
    );
  }

  /** How often each change of that call was told. */
  changesOf({ callRef, extension }: { callRef: string; extension: string }): string[] {
    return this.told.flatMap((event) =>
      event.type === 'call' && event.call.callRef === callRef && event.call.extension === extension
        ? [event.change]
        : [],
    );
  }
}

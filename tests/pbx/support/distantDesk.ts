import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PhoneEvent, PhoneLeg } from '#electron/phone/phone.ts';
import type { MediaStats } from '#shared/contract/media.ts';
import type { PhoneStatus } from '#shared/contract/models/desk.ts';
import type { PhoneAccount } from '#shared/sync/messages.ts';

const program = fileURLToPath(new URL('./deskInNetwork.ts', import.meta.url));

/** What a desk in a process of its own is told, and what it tells. */
export type DeskCommand =
  | { do: 'start'; account: PhoneAccount }
  | { do: 'answer'; leg: string }
  | { do: 'hangUp'; leg: string }
  | { do: 'stop' };
export type DeskNews =
  | { type: 'ready' }
  | { type: 'phone'; event: PhoneEvent }
  | { type: 'stats'; stats: MediaStats | null };

/** A desk with its browser in a network of its own. */
export class DistantDesk {
  #child: ChildProcess;
  #events: PhoneEvent[] = [];
  #from = 0;
  #stats: MediaStats | null = null;
  #waiters = new Set<() => void>();

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (news: DeskNews) => this.#hear(news));
  }

  /** `certificate`: the PEM file that this desk trusts. */
  static async open(network: string, certificate: string): Promise<DistantDesk> {
    const child = spawn(
      'ip',
      ['netns', 'exec', network, 'setpriv', '--pdeathsig', 'KILL', process.execPath, program],
      {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate, NODE_OPTIONS: '' },
      },
    );
    const [first] = await once(child, 'message');
    if (first?.type !== 'ready') throw new Error('the desk did not start');
    return new DistantDesk(child);
  }

  tell(command: DeskCommand): void {
    this.#child.send(command);
  }

  mark(): void {
    this.#from = this.#events.length;
  }

  /** The newest look at the audio of the newest call; null without one. */
  get stats(): MediaStats | null {
    return this.#stats;
  }

  status(wanted: PhoneStatus['state']): Promise<PhoneStatus> {
    return this.#until(
      (event) => event.type === 'status' && event.status.state === wanted && event.status,
    );
  }

  offered(): Promise<PhoneLeg> {
    return this.#until((event) => event.type === 'offered' && event.leg);
  }

  leg(wanted: (leg: PhoneLeg) => boolean): Promise<PhoneLeg> {
    return this.#until((event) => event.type === 'changed' && wanted(event.leg) && event.leg);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.tell({ do: 'stop' });
    await gone;
  }

  #hear(news: DeskNews): void {
    if (news.type === 'stats') this.#stats = news.stats;
    if (news.type === 'phone') this.#events.push(news.event);
    for (const waiter of [...this.#waiters]) waiter();
  }

  #until<T>(find: (event: PhoneEvent) => T | false): Promise<T> {
    return new Promise((resolve) => {
      let at = this.#from;
      const look = (): void => {
        for (; at < this.#events.length; at += 1) {
          const event = this.#events[at];
          const found = event && find(event);
          if (found === undefined || found === false) continue;
          this.#waiters.delete(look);
          resolve(found);
          return;
        }
      };
      this.#waiters.add(look);
      look();
    });
  }
}

import { execFileSync } from 'node:child_process';
import process from 'node:process';

function ip(...words: string[]): void {
  execFileSync('ip', words, { stdio: 'pipe' });
}

/** False in a container that may make no networks. */
export function canMakeNetworks(): boolean {
  const name = `switchboard-try-${process.pid}`;
  try {
    ip('netns', 'add', name);
    ip('netns', 'delete', name);
    return true;
  } catch {
    return false;
  }
}

/** A network of the desk's own (a Linux network namespace), joined to this machine by one cable. */
export class DeskNetwork {
  /** Of this machine, on the cable. */
  readonly pbxAddress: string;
  readonly name: string;
  #subnet: string;
  #cable: string;
  #address: string;

  private constructor(number: number) {
    this.#subnet = `10.203.${number}`;
    this.pbxAddress = `${this.#subnet}.1`;
    this.name = `switchboard-${number}`;
    this.#cable = `swb${number}`;
    this.#address = `${this.#subnet}.2`;
  }

  static create(): DeskNetwork {
    const network = new DeskNetwork(1 + Math.floor(Math.random() * 250));
    network.#make();
    return network;
  }

  /** As when the cable is pulled: the address stays, nothing comes through. */
  down(): void {
    ip('link', 'set', this.#cable, 'down');
  }

  up(): void {
    ip('link', 'set', this.#cable, 'up');
  }

  /** As in another network: the old address is gone, another one is there. */
  move(): void {
    const [old, next] = [this.#address, `${this.#subnet}.${this.#address.endsWith('.2') ? 3 : 2}`];
    ip('-n', this.name, 'address', 'delete', `${old}/24`, 'dev', 'eth0');
    ip('-n', this.name, 'address', 'add', `${next}/24`, 'dev', 'eth0');
    this.#address = next;
  }

  get address(): string {
    return this.#address;
  }

  remove(): void {
    // The cable goes with the network at its end.
    ip('netns', 'delete', this.name);
  }

  #make(): void {
    ip('netns', 'add', this.name);
    ip('link', 'add', this.#cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', this.name);
    ip('address', 'add', `${this.pbxAddress}/24`, 'dev', this.#cable);
    ip('link', 'set', this.#cable, 'up');
    ip('-n', this.name, 'link', 'set', 'lo', 'up');
    ip('-n', this.name, 'address', 'add', `${this.#address}/24`, 'dev', 'eth0');
    ip('-n', this.name, 'link', 'set', 'eth0', 'up');
  }
}

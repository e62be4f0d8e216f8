import { type AddressInfo, connect, createServer, type Server } from 'node:net';

/** A wire in front of the PBX that notes when an INVITE comes over it, ms UTC, and passes it on. */
export class InviteTap {
  /** The PBX's address through this wire. */
  readonly url: string;
  #server: Server;
  #onInvite: ((at: number) => void) | null = null;

  private constructor(server: Server, target: URL) {
    this.#server = server;
    const through = new URL(target);
    through.port = String((server.address() as AddressInfo).port);
    this.url = through.href;
  }

  static async to(url: string): Promise<InviteTap> {
    const target = new URL(url);
    const server = createServer((desk) => {
      const pbx = connect(Number(target.port), target.hostname);
      for (const socket of [desk, pbx]) {
        socket.setNoDelay(true);
        socket.on('error', () => socket.destroy());
      }
      desk.pipe(pbx);
      pbx.on('data', (bytes) => {
        // Servers do not mask their frames (RFC 6455, section 5.1), so the text stands in the bytes.
        if (bytes.includes('INVITE sip:')) tap.#onInvite?.(Date.now());
        desk.write(bytes);
      });
      pbx.on('close', () => desk.destroy());
      desk.on('close', () => pbx.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, target.hostname, resolve));
    const tap: InviteTap = new InviteTap(server, target);
    return tap;
  }

  nextInvite(): Promise<number> {
    return new Promise((resolve) => {
      this.#onInvite = (at) => {
        this.#onInvite = null;
        resolve(at);
      };
    });
  }

  close(): void {
    this.#server.close();
  }
}

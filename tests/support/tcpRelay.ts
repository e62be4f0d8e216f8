import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A wire between a client and a server on this machine that a test can cut. */
export class TcpRelay {
  readonly port: number;
  #server: Server;
  #sockets: Set<Socket>;
  #gate: { isOpen: boolean };

  private constructor(server: Server, sockets: Set<Socket>, gate: { isOpen: boolean }) {
    this.#server = server;
    this.#sockets = sockets;
    this.#gate = gate;
    this.port = (server.address() as AddressInfo).port;
  }

  /** `target`: a port of this machine, or the path of a socket. */
  static async to(target: number | string): Promise<TcpRelay> {
    const sockets = new Set<Socket>();
    const gate = { isOpen: true };
    const server = createServer((near) => {
      if (!gate.isOpen) {
        near.destroy();
        return;
      }
      const far = typeof target === 'string' ? connect(target) : connect(target, '127.0.0.1');
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(socket);
        socket.setNoDelay(true);
        socket.pipe(other);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TcpRelay(server, sockets, gate);
  }

  /** Nothing comes through any more of the connections there are, and neither end hears of it; new ones come through. */
  swallow(): void {
    for (const socket of this.#sockets) {
      socket.unpipe();
      socket.on('data', () => {});
    }
  }

  /** Every connection breaks; new ones come through. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Every connection breaks, and so does every new one. */
  hold(): void {
    this.#gate.isOpen = false;
    this.cut();
  }

  /** New connections come through again. */
  release(): void {
    this.#gate.isOpen = true;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

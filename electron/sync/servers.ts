/**
 * The addresses of a centre, one in use. A desk stays with the address that answers; where that fails, the next of the
 * list is tried, and after the last the first again. All of them serve the same database.
 */
export interface Servers {
  /** Base address in use, such as `http://127.0.0.1:7080`. */
  current(): string;
  /** `address` did not answer: the next is tried from now on, unless somebody else has moved on already. */
  failed(address: string): void;
  count: number;
}

/** One address, several with commas between them, or what others use as well. */
export type ServerAddress = string | Servers;

export function serversOf(address: ServerAddress): Servers {
  return typeof address === 'string' ? createServers(address) : address;
}

function createServers(list: string): Servers {
  const addresses = addressesIn(list);
  let index = 0;
  const current = () => addresses[index] ?? '';
  return {
    current,
    failed(address) {
      if (address === current()) index = (index + 1) % addresses.length;
    },
    count: addresses.length,
  };
}

/** The addresses of a list, in its order, each once, without a slash at the end. */
export function addressesIn(list: string): string[] {
  const addresses = list.split(',').map((address) => address.trim().replace(/\/+$/, ''));
  return [...new Set(addresses.filter((address, index) => address !== '' || index === 0))];
}

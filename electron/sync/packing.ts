import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

const pack = promisify(gzip);

/** Below this a body fits into a few packets anyway, bytes. */
const leastPacked = 2_048;

export interface PackedBody {
  body: string | Uint8Array<ArrayBuffer>;
  isPacked: boolean;
}

export interface Packing {
  /** What to send in `Accept-Encoding`. */
  accepts: 'gzip' | 'identity';
  /** Packs what is worth it, once the server has said that it understands. */
  pack(json: string): Promise<PackedBody>;
  /** Notes what an answer's `Accept-Encoding` says (RFC 7694); absent, the server is of before. */
  heard(acceptEncoding: string | null): void;
  /** The server could not read a packed body: it says anew whether it can. */
  forget(): void;
}

/** On this machine the wire is faster than any packing. */
export function createPacking(serverUrl: string): Packing {
  const isWanted = !isLoopback(serverUrl);
  let understood = false;
  return {
    accepts: isWanted ? 'gzip' : 'identity',
    async pack(json) {
      if (!understood || json.length < leastPacked) return { body: json, isPacked: false };
      const body = await pack(json, { level: constants.Z_BEST_SPEED });
      return { body: new Uint8Array(body), isPacked: true };
    },
    heard(acceptEncoding) {
      if (acceptEncoding !== null) understood = isWanted && /\bgzip\b/.test(acceptEncoding);
    },
    forget() {
      understood = false;
    },
  };
}

function isLoopback(serverUrl: string): boolean {
  if (!URL.canParse(serverUrl)) return false;
  const { hostname } = new URL(serverUrl);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

import { randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may use the browser shell: whoever opened the one-time address. It trades a key that works
 * once for a cookie that scripts cannot read.
 */
export interface Access {
  /** A fresh one-time key; earlier unused ones stay valid. */
  issue(): string;
  /** The cookie's value for a valid key, else null. */
  redeem(key: string): string | null;
  admits(cookieHeader: string | undefined): boolean;
  cookieName: string;
}

export function createAccess(port: () => number): Access {
  const keys = new Set<string>();
  const cookies = new Set<string>();
  const fresh = () => randomBytes(24).toString('base64url');

  return {
    /** Cookies do not know ports: two desks on one machine must not overwrite each other's. */
    get cookieName() {
      return `switchboard-${port()}`;
    },
    issue() {
      const key = fresh();
      keys.add(key);
      return key;
    },
    redeem(key) {
      if (!keys.delete(key)) return null;
      const cookie = fresh();
      cookies.add(cookie);
      return cookie;
    },
    admits(header) {
      const given = readCookie(header, `switchboard-${port()}`);
      return given !== null && [...cookies].some((cookie) => same(cookie, given));
    },
  };
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name && value) return value;
  }
  return null;
}

function same(one: string, other: string): boolean {
  const a = Buffer.from(one);
  const b = Buffer.from(other);
  return a.length === b.length && timingSafeEqual(a, b);
}

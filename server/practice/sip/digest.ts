import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export type DigestVerdict =
  | { kind: 'accepted'; username: string }
  | { kind: 'refused'; username: string }
  | { kind: 'challenge'; header: string };

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function parameters(header: string): Map<string, string> {
  const found = header.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g);
  return new Map([...found].map(([, name, quoted, bare]) => [name ?? '', quoted ?? bare ?? '']));
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * The digest check of one connection (RFC 2617, MD5 with qop "auth", as SIP desks speak it). The nonce
 * belongs to the connection, grows old, and counts its uses; an old or replayed one is answered `stale=true`.
 */
export class DigestGuard {
  #realm: string;
  #nonceLifeMs: number;
  #now: () => number;
  #passwordOf: (username: string) => string | undefined;
  #nonce = '';
  #nonceBornMs = 0;
  #uses = 0;

  constructor(options: {
    realm: string;
    nonceLifeMs: number;
    now: () => number;
    passwordOf: (username: string) => string | undefined;
  }) {
    this.#realm = options.realm;
    this.#nonceLifeMs = options.nonceLifeMs;
    this.#now = options.now;
    this.#passwordOf = options.passwordOf;
  }

  check(method: string, authorization: string | undefined): DigestVerdict {
    if (!authorization || !/^\s*Digest\s/i.test(authorization)) return this.#challenge(false);
    const given = parameters(authorization);
    const username = given.get('username') ?? '';
    if (given.get('nonce') !== this.#nonce || this.#nonce === '' || this.#isOld()) {
      return this.#challenge(given.has('nonce'));
    }
    const password = this.#passwordOf(username);
    if (password === undefined || !this.#proves(given, method, username, password)) {
      return { kind: 'refused', username };
    }
    const uses = Number.parseInt(given.get('nc') ?? '', 16);
    if (given.has('qop') && !(uses > this.#uses)) return this.#challenge(true);
    if (given.has('qop')) this.#uses = uses;
    return { kind: 'accepted', username };
  }

  #proves(given: Map<string, string>, method: string, username: string, password: string): boolean {
    const qop = given.get('qop');
    const proof = [
      md5(`${username}:${this.#realm}:${password}`),
      this.#nonce,
      ...(qop ? [given.get('nc') ?? '', given.get('cnonce') ?? '', qop] : []),
      md5(`${method}:${given.get('uri') ?? ''}`),
    ];
    return sameText(given.get('response') ?? '', md5(proof.join(':')));
  }

  #isOld(): boolean {
    return this.#now() - this.#nonceBornMs > this.#nonceLifeMs;
  }

  #challenge(stale: boolean): DigestVerdict {
    this.#nonce = randomBytes(16).toString('hex');
    this.#nonceBornMs = this.#now();
    this.#uses = 0;
    const parts = [
      `realm="${this.#realm}"`,
      `nonce="${this.#nonce}"`,
      'algorithm=MD5',
      'qop="auth"',
      ...(stale ? ['stale=true'] : []),
    ];
    return { kind: 'challenge', header: `WWW-Authenticate: Digest ${parts.join(', ')}` };
  }
}

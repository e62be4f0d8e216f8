import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Of scrypt: 128 · N · r bytes, p passes. */
export interface PasswordCost {
  N: number;
  r: number;
  p: number;
}

/** About 16 MB and five passes, as OWASP's Password Storage Cheat Sheet asks of scrypt. */
const standardCost: PasswordCost = { N: 2 ** 14, r: 8, p: 5 };
/** Practice passwords stand on the sign-in page: dear hashes would only make every sign-in wait. */
const practiceCost: PasswordCost = { N: 2 ** 10, r: 8, p: 1 };
const keyLength = 32;

/** What passwords of a server cost, unless it is told. */
export function passwordCostOf({
  mode,
  passwordCost,
}: {
  mode: 'practice' | 'site';
  passwordCost?: PasswordCost;
}): PasswordCost {
  return passwordCost ?? (mode === 'practice' ? practiceCost : standardCost);
}

/** `scrypt$<N>$<r>$<p>$<salt>$<key>`, salt and key in base64url: the cost may grow, old hashes still verify. */
export async function hashPassword(password: string, cost = standardCost): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  const { N, r, p } = cost;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [scheme, n, r, p, salt, key] = hash.split('$');
  if (scheme !== 'scrypt' || !salt || !key) return false;
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'), {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/**
 * Verifies passwords of logins that nobody has: works as long as for a real account, so that the answer's time does not
 * tell which logins exist.
 */
export function nobodyVerifier(cost = standardCost): (password: string) => Promise<false> {
  let decoy: Promise<string> | null = null;
  return async (password) => {
    decoy ??= hashPassword(randomBytes(16).toString('hex'), cost);
    await verifyPassword(password, await decoy);
    return false;
  };
}

function derive(password: string, salt: Buffer, { N, r, p }: PasswordCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r };
    scrypt(password.normalize('NFC'), salt, keyLength, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

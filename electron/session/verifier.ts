import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { phoneAccountSchema, signedInUserSchema } from '#shared/sync/messages.ts';
import type { Secrets } from '../core/providers.ts';

/**
 * What a desk keeps of a user who has signed in here before, so that a shift can begin while the
 * server is away: a slow hash of the password, never the password; token and phone account, which
 * lie in the shell's secret store.
 */
const keptSchema = z.object({
  salt: z.string(),
  hash: z.string(),
  /** The password is one of those to practise with, which the sign-in page shows. */
  practice: z.boolean().optional(),
  token: z.string(),
  user: signedInUserSchema,
  phone: phoneAccountSchema.nullable(),
});
export type Kept = z.infer<typeof keptSchema>;

type ScryptOptions = { N: number; r: number; p: number; maxmem: number };
const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
/** OWASP Password Storage Cheat Sheet, scrypt: N=2^15, r=8, p=3. */
const siteCost: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
/** A dear hash of what is no secret would only make the sign-in wait. */
const practiceCost: ScryptOptions = { ...siteCost, N: 2 ** 10, p: 1 };

function costOf({ practice = false }: Pick<Kept, 'practice'>): ScryptOptions {
  return practice ? practiceCost : siteCost;
}

function nameOf(login: string): string {
  return `sign-in:${login.normalize('NFKC').toLowerCase()}`;
}

export async function keepSignIn(
  secrets: Secrets,
  login: string,
  password: string,
  kept: Pick<Kept, 'token' | 'user' | 'phone' | 'practice'>,
): Promise<void> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, 32, costOf(kept));
  const value: Kept = { ...kept, salt: salt.toString('hex'), hash: hash.toString('hex') };
  await secrets.set(nameOf(login), JSON.stringify(value));
}

/** `unknown`: this user never signed in here; `wrong`: another password than the last accepted one. */
export async function checkSignIn(
  secrets: Secrets,
  login: string,
  password: string,
): Promise<Kept | 'unknown' | 'wrong'> {
  const stored = await secrets.get(nameOf(login));
  if (!stored) return 'unknown';
  const kept = keptSchema.safeParse(JSON.parse(stored));
  if (!kept.success) return 'unknown';
  const salt = Buffer.from(kept.data.salt, 'hex');
  const hash = await derive(password, salt, 32, costOf(kept.data));
  return timingSafeEqual(hash, Buffer.from(kept.data.hash, 'hex')) ? kept.data : 'wrong';
}

/** The server takes this password no more: a desk without a line to it does not either. */
export async function forgetSignIn(
  secrets: Secrets,
  login: string,
  password: string,
): Promise<void> {
  const kept = await checkSignIn(secrets, login, password);
  if (typeof kept === 'object') await secrets.remove(nameOf(login));
}

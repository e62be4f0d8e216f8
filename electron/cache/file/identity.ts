import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { deviceIdSchema } from '#shared/sync/messages.ts';
import { writeFileWhole } from './cacheFiles.ts';

/** Kept beside the database: which key it was made with, and the desk's name in every stamp. */
const identitySchema = z.object({
  keyCheck: z.string().regex(/^[0-9a-f]{64}$/),
  deviceId: deviceIdSchema,
});
export type Identity = z.infer<typeof identitySchema>;

const deviceIdLength = 16;
const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

export function readIdentity(file: string): Identity | null {
  if (!existsSync(file)) return null;
  try {
    return identitySchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

export function createIdentity(file: string, key: string): Identity {
  return renewIdentity(file, { keyCheck: keyCheck(key) });
}

/** The same key, another device. */
export function renewIdentity(file: string, { keyCheck }: Pick<Identity, 'keyCheck'>): Identity {
  const letters = Array.from({ length: deviceIdLength }, () => alphabet[randomInt(36)]);
  const identity = { keyCheck, deviceId: letters.join('') };
  writeFileWhole(file, JSON.stringify(identity));
  return identity;
}

/** Tells a wrong key from a damaged file; says nothing about the key itself. */
export function isKeyOf(identity: Identity, key: string): boolean {
  return timingSafeEqual(Buffer.from(identity.keyCheck), Buffer.from(keyCheck(key)));
}

function keyCheck(key: string): string {
  const bytes = Buffer.from(key, 'hex');
  return createHmac('sha256', bytes).update('switchboard cache key check').digest('hex');
}

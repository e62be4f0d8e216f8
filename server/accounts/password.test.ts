import { describe, expect, it } from 'vitest';
import { hashPassword, nobodyVerifier, verifyPassword } from './password.ts';

describe('passwords', () => {
  it('opens with the right one only, in any Unicode spelling of it', async () => {
    const hash = await hashPassword('caf\u00e9 密码');
    expect(await verifyPassword('cafe\u0301 密码', hash)).toBe(true);
    expect(await verifyPassword('cafe 密码', hash)).toBe(false);
  });

  it('salts: the same password never makes the same hash', async () => {
    expect(await hashPassword('x')).not.toBe(await hashPassword('x'));
  });

  it('still verifies a hash of another cost', async () => {
    const cheap = 'scrypt$1024$8$1$AAAAAAAAAAAAAAAAAAAAAA$';
    expect(await verifyPassword('x', `${cheap}AAAA`)).toBe(false);
  });

  it.each(['', 'plain', 'scrypt$1', 'bcrypt$1$2$3$4$5'])(
    'never opens with a hash like %j',
    async (hash) => {
      expect(await verifyPassword('x', hash)).toBe(false);
    },
  );

  it('opens for nobody', async () => {
    expect(await nobodyVerifier()('x')).toBe(false);
  });
});

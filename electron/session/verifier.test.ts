import { describe, expect, it } from 'vitest';
import { practiceUsers, userFieldsOf } from '#shared/sample/practiceUsers.ts';
import type { Secrets } from '../core/providers.ts';
import { checkSignIn, forgetSignIn, keepSignIn } from './verifier.ts';

function inMemory(): Secrets & { all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    get: async (name) => all.get(name) ?? null,
    set: async (name, value) => void all.set(name, value),
    remove: async (name) => void all.delete(name),
  };
}

const [xu] = practiceUsers;
if (!xu) throw new Error('nobody practises');
const { active: _, ...fields } = userFieldsOf(xu);
const user = { id: xu.id, ...fields };

describe.each([{ practice: true }, { practice: false }, {}])(
  'what is kept of a sign-in, %o',
  (as) => {
    it('lets in with the last accepted password only, and holds none', async () => {
      const secrets = inMemory();
      const kept = {
        token: 'token',
        user,
        phone: null,
        ...as,
      };
      await keepSignIn(secrets, 'Xu.Jing', 'first one', kept);
      await keepSignIn(secrets, 'xu.jing', 'the second', kept);
      expect(await checkSignIn(secrets, 'xu.jing', 'the second')).toMatchObject({ token: 'token' });
      expect(await checkSignIn(secrets, 'xu.jing', 'first one')).toBe('wrong');
      expect(await checkSignIn(secrets, 'chen.hao', 'the second')).toBe('unknown');
      expect([...secrets.all.values()].join()).not.toContain('the second');
    });
  },
);

it('forgets who is not let in any more, and nobody for a slip of the finger', async () => {
  const secrets = inMemory();
  const kept = { token: 'token', user, phone: null, practice: true };
  await keepSignIn(secrets, 'xu.jing', 'first one', kept);
  await forgetSignIn(secrets, 'xu.jing', 'wrong one');
  expect(await checkSignIn(secrets, 'xu.jing', 'first one')).toMatchObject({ token: 'token' });
  await forgetSignIn(secrets, 'Xu.Jing', 'first one');
  expect(await checkSignIn(secrets, 'xu.jing', 'first one')).toBe('unknown');
});

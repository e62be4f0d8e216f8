import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DigestGuard } from './digest.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** What a desk answers to a challenge. */
function answer(header: string, options: { user?: string; password?: string; nc?: string } = {}) {
  const { user = '1001', password = 'secret', nc = '00000001' } = options;
  const nonce = /nonce="([^"]+)"/.exec(header)?.[1] ?? '';
  const uri = 'sip:practice.invalid';
  const response = md5(
    [md5(`${user}:practice:${password}`), nonce, nc, 'abc', 'auth', md5(`REGISTER:${uri}`)].join(
      ':',
    ),
  );
  return (
    `Digest username="${user}", realm="practice", nonce="${nonce}", uri="${uri}", ` +
    `response="${response}", algorithm=MD5, cnonce="abc", qop=auth, nc=${nc}`
  );
}

function guardAt(time: { ms: number }) {
  return new DigestGuard({
    realm: 'practice',
    nonceLifeMs: 1000,
    now: () => time.ms,
    passwordOf: (user) => (user === '1001' ? 'secret' : undefined),
  });
}

function challengeOf(guard: DigestGuard, authorization?: string): string {
  const verdict = guard.check('REGISTER', authorization);
  if (verdict.kind !== 'challenge') throw new Error(verdict.kind);
  return verdict.header;
}

describe('the digest guard', () => {
  it('asks whoever says nothing, and takes the right answer', () => {
    const guard = guardAt({ ms: 0 });
    const header = challengeOf(guard);
    expect(header).toMatch(/^WWW-Authenticate: Digest realm="practice", .*qop="auth"$/);
    expect(guard.check('REGISTER', answer(header))).toEqual({ kind: 'accepted', username: '1001' });
  });

  it('takes an answer without qop (RFC 2069 style)', () => {
    const guard = guardAt({ ms: 0 });
    const nonce = /nonce="([^"]+)"/.exec(challengeOf(guard))?.[1] ?? '';
    const response = md5([md5('1001:practice:secret'), nonce, md5('REGISTER:sip:x')].join(':'));
    const header = `Digest username="1001", nonce="${nonce}", uri="sip:x", response="${response}"`;
    expect(guard.check('REGISTER', header)).toEqual({ kind: 'accepted', username: '1001' });
  });

  it.each([
    ['a wrong password', { password: 'guess' }],
    ['an unknown user', { user: '9999' }],
  ])('refuses %s', (_case, options) => {
    const guard = guardAt({ ms: 0 });
    const verdict = guard.check('REGISTER', answer(challengeOf(guard), options));
    expect(verdict.kind).toBe('refused');
  });

  it('asks again, stale, when the nonce is old, used up or of another connection', () => {
    const time = { ms: 0 };
    const guard = guardAt(time);
    const first = answer(challengeOf(guard));
    expect(guard.check('REGISTER', first).kind).toBe('accepted');
    const replayed = challengeOf(guard, first);
    expect(replayed).toContain('stale=true');
    time.ms = 2000;
    const old = challengeOf(guard, answer(replayed));
    expect(old).toContain('stale=true');
    expect(challengeOf(guardAt(time), answer(old))).toContain('stale=true');
  });

  it('counts on with the same nonce', () => {
    const guard = guardAt({ ms: 0 });
    const header = challengeOf(guard);
    expect(guard.check('REGISTER', answer(header)).kind).toBe('accepted');
    expect(guard.check('REGISTER', answer(header, { nc: '00000002' })).kind).toBe('accepted');
  });
});

import { expect, test } from 'vitest';
import { createWebhookSecret, signatureHeaders } from './signature.ts';

test('a delivery is signed as the Standard Webhooks specification has it', () => {
  // The example of the specification's libraries.
  const headers = signatureHeaders(
    {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      atMs: 1_614_265_330_999,
      body: '{"test": 2432232314}',
    },
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  );
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('there is a signature for each secret that counts', () => {
  const secrets = [createWebhookSecret(), createWebhookSecret()];
  const { 'webhook-signature': both } = signatureHeaders({ id: 'a', atMs: 0, body: '' }, secrets);
  const each = secrets.map(
    (secret) => signatureHeaders({ id: 'a', atMs: 0, body: '' }, [secret])['webhook-signature'],
  );
  expect(both).toBe(each.join(' '));
  expect(new Set(each).size).toBe(2);
});

test('a secret is 32 random bytes', () => {
  expect(createWebhookSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
});

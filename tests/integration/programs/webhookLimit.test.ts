import { describe, expect, test } from 'vitest';
import { maxAtOnce } from '#server/http/patience.ts';
import { maxWebhooks } from '#shared/sync/webhooks.ts';
import { backendNames } from '../../support/serverBackends.ts';
import { testServer } from '../../support/testServer.ts';

describe.each(backendNames)('webhooks on %s', (name) => {
  const server = testServer(name, { practiceCustomers: 0 });
  const admin = server.desk('admin');

  async function make(count: number): Promise<number[]> {
    const body = { url: 'http://127.0.0.1:9/', events: ['customer.created'], active: false };
    const asked = Array.from({ length: count }, () => admin.call('POST', '/api/webhooks', body));
    return (await Promise.all(asked)).map(({ status }) => status);
  }

  test('are never more than there may be, though many are made at once', async () => {
    // Two parts are no more than a session may ask at once.
    const part = maxAtOnce / 2;
    const left = maxWebhooks % part;
    for (let made = 0; made < maxWebhooks - left; made += part) {
      expect(new Set(await make(part))).toEqual(new Set([201]));
    }
    const last = await make(part);
    expect(last.filter((status) => status === 201)).toHaveLength(left);
    expect(last.filter((status) => status === 409)).toHaveLength(part - left);
  });
});

import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createPacking } from './packing.ts';

const large = JSON.stringify({ text: '汉字 and letters '.repeat(500) });

describe('packing', () => {
  test('begins when the server has said that it understands, and ends when it does not', async () => {
    const packing = createPacking('https://centre.example.org');
    expect(packing.accepts).toBe('gzip');
    expect(await packing.pack(large)).toEqual({ body: large, isPacked: false });
    packing.heard('gzip');
    const { body, isPacked } = await packing.pack(large);
    expect(isPacked).toBe(true);
    expect(gunzipSync(body).toString()).toBe(large);
    expect(await packing.pack('{}')).toEqual({ body: '{}', isPacked: false });
    packing.heard(null);
    expect((await packing.pack(large)).isPacked).toBe(true);
    packing.heard('identity');
    expect((await packing.pack(large)).isPacked).toBe(false);
    packing.heard('gzip');
    packing.forget();
    expect((await packing.pack(large)).isPacked).toBe(false);
  });

  test.each(['http://127.0.0.1:7080', 'http://localhost:7080', 'http://[::1]:7080'])(
    'is not for a server on this machine: %s',
    async (url) => {
      const packing = createPacking(url);
      packing.heard('gzip');
      expect(packing.accepts).toBe('identity');
      expect((await packing.pack(large)).isPacked).toBe(false);
    },
  );
});

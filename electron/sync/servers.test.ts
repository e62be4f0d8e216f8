import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesIn, serversOf } from './servers.ts';

describe('the addresses of a centre', () => {
  it.each([
    ['http://a', ['http://a']],
    ['http://a/', ['http://a']],
    ['http://a, https://b/ ,http://a', ['http://a', 'https://b']],
    ['http://a,,http://b,', ['http://a', 'http://b']],
    ['', ['']],
  ])('are read from %j', (list, expected) => {
    expect(addressesIn(list)).toEqual(expected);
  });

  it('stay with the one that answers, and are tried in turn', () => {
    const servers = serversOf('http://a,http://b,http://c');
    expect(servers.current()).toBe('http://a');
    servers.failed('http://a');
    servers.failed('http://a');
    expect(servers.current()).toBe('http://b');
    servers.failed('http://b');
    servers.failed('http://c');
    expect(servers.current()).toBe('http://a');
  });

  it('are all tried before one is tried again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 20 }),
        (count, moves) => {
          const list = Array.from({ length: count }, (_, index) => `http://${index}`);
          const servers = serversOf(list.join());
          for (let move = 0; move < moves; move += 1) servers.failed(servers.current());
          const seen = list.map(() => {
            const address = servers.current();
            servers.failed(address);
            return address;
          });
          expect(seen.sort()).toEqual([...list].sort());
        },
      ),
    );
  });

  it('are shared by those who are given the same', () => {
    const servers = serversOf('http://a,http://b');
    expect(serversOf(servers)).toBe(servers);
  });
});

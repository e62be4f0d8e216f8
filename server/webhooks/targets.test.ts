import { describe, expect, test } from 'vitest';
import { allowsAddress, refusedTarget, type WebhookTargets } from './targets.ts';

const all: WebhookTargets[] = ['public', 'loopback', 'any'];

describe('where a delivery may go', () => {
  test.each<[string, WebhookTargets[]]>([
    ['93.184.216.34', all],
    ['2606:2800:220:1:248:1893:25c8:1946', all],
    ['::ffff:93.184.216.34', all],
    ['127.0.0.1', ['loopback', 'any']],
    ['127.8.8.8', ['loopback', 'any']],
    ['::1', ['loopback', 'any']],
    ['::ffff:127.0.0.1', ['loopback', 'any']],
    ['10.1.2.3', ['any']],
    ['172.16.0.1', ['any']],
    ['192.168.1.1', ['any']],
    ['::ffff:10.1.2.3', ['any']],
    ['fd00::1', ['any']],
    // The addresses of cloud machines' own secrets among them.
    ['169.254.169.254', []],
    ['fe80::1', []],
    ['100.64.0.1', []],
    ['0.0.0.0', []],
    ['::', []],
    ['255.255.255.255', []],
    ['224.0.0.1', []],
    ['ff02::1', []],
    ['198.18.0.1', []],
    ['240.0.0.1', []],
    // IPv4 wrapped into IPv6 by ways that lead through somebody else.
    ['64:ff9b::7f00:1', []],
    ['2002:7f00:1::', []],
    ['2001:0:7f00:1::', []],
    ['64:ff9b:1::7f00:1', []],
    ['::7f00:1', []],
    ['fec0::1', []],
    ['localhost', []],
    ['', []],
  ])('%s', (address, allowed) => {
    expect(all.filter((targets) => allowsAddress(address, targets))).toEqual(allowed);
  });

  test.each<[string, WebhookTargets[]]>([
    ['https://example.org/hook?x=1', all],
    ['https://example.org:8443/', all],
    ['http://example.org/', ['loopback', 'any']],
    ['https://127.0.0.1/', ['loopback', 'any']],
    // Other ways to write 127.0.0.1.
    ['https://2130706433/', ['loopback', 'any']],
    ['https://0x7f.1/', ['loopback', 'any']],
    ['https://0177.0.0.1/', ['loopback', 'any']],
    ['https://[::1]/', ['loopback', 'any']],
    ['https://[::ffff:7f00:1]/', ['loopback', 'any']],
    ['https://10.0.0.1/', ['any']],
    ['https://169.254.169.254/latest/meta-data', []],
    ['https://[fe80::1]/', []],
    ['ftp://example.org/', []],
    ['file:///etc/passwd', []],
    ['javascript:alert(1)', []],
    ['https://user:secret@example.org/', []],
    ['https://user@example.org/', []],
    ['https://example.org/#part', []],
    ['example.org', []],
    ['', []],
  ])('%s', (url, allowed) => {
    expect(all.filter((targets) => refusedTarget(url, targets) === null)).toEqual(allowed);
  });
});

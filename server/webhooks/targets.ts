import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Where deliveries may go. `public`: https to addresses of the internet. `loopback`: also this machine, also over
 * http. `any`: also private networks, also over http.
 */
export type WebhookTargets = 'public' | 'loopback' | 'any';

/** All that is given out of IPv6 (RFC 4291, section 2.4); what lies beside may lead into a network of one's own. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** May a delivery go to this IP address? */
export function allowsAddress(address: string, targets: WebhookTargets): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address in IPv6 clothes is what it is inside.
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === 'unicast') return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast);
  if (range === 'loopback') return targets !== 'public';
  return targets === 'any' && (range === 'private' || range === 'uniqueLocal');
}

/**
 * Why nothing may be delivered to this address, or null where it may. Names are looked at again when they are
 * resolved, at every attempt.
 */
export function refusedTarget(text: string, targets: WebhookTargets): string | null {
  const url = URL.parse(text);
  if (!url) return 'url: is no address';
  const isPlain = url.protocol === 'http:' && targets !== 'public';
  if (url.protocol !== 'https:' && !isPlain) return 'url: must begin with https://';
  if (url.username !== '' || url.password !== '') return 'url: must hold no login';
  if (url.hash !== '') return 'url: must have no fragment';
  const host = hostOf(url);
  if (isIP(host) !== 0 && !allowsAddress(host, targets)) {
    return 'url: leads to an address that is not allowed';
  }
  return null;
}

/** IPv6 addresses without their brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

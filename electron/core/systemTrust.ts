import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Log } from './providers.ts';

const isSecure = /(^|,)\s*(https|wss):/i;
let isRead = false;

/**
 * Believe what the system believes: a centre's certificate is often signed by an authority of the house, which an
 * administrator has given to every machine. Beside what Node brings and `NODE_EXTRA_CA_CERTS` names. `addresses`: one
 * or several with commas between them, which are called next; to read the certificates is an eighth of a desk's start,
 * so they are read once, and only where an address is secure.
 */
export function trustSystemCertificates(addresses: string, log: Log): void {
  if (isRead || !isSecure.test(addresses)) return;
  isRead = true;
  try {
    const known = [...getCACertificates('default'), ...getCACertificates('system')];
    setDefaultCACertificates([...new Set(known)]);
  } catch (error) {
    log.warn('the system’s certificates cannot be read', { error: String(error) });
  }
}

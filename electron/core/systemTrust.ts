import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Log } from './providers.ts';

/**
 * Believe what the system believes: a centre's certificate is often signed by an authority of the house, which an
 * administrator has given to every machine. Beside what Node brings and `NODE_EXTRA_CA_CERTS` names.
 */
export function trustSystemCertificates(log: Log): void {
  try {
    const known = [...getCACertificates('default'), ...getCACertificates('system')];
    setDefaultCACertificates([...new Set(known)]);
  } catch (error) {
    log.warn('the system’s certificates cannot be read', { error: String(error) });
  }
}

import type { LogConnector } from 'sip.js';
import type { Log } from '#electron/core/providers.ts';

const mostCharacters = 300;

/** Takes secrets and people out of a line of the SIP library: credentials, digests, numbers in URIs. */
export function redactSip(text: string): string {
  return text
    .replace(/^(proxy-)?(authorization|authenticate|www-authenticate)\s*:.*$/gimu, '$2: …')
    .replace(/\b(ha1|nonce|cnonce|response|username|password)\s*[=:]\s*"?[^",\s]*"?/giu, '$1=…')
    .replace(/\b(sips?|tel):[^@>;\s]+/giu, '$1:…')
    .replace(/\b[0-9a-f]{32}\b/giu, '…')
    .slice(0, mostCharacters);
}

/** Hands on warnings and errors of the SIP library, redacted; its chatter below is dropped. */
export function sipLogConnector(log: Log): LogConnector {
  return (level, category, _label, content) => {
    if (level !== 'warn' && level !== 'error') return;
    log.info('sip', { level, category, content: redactSip(content) });
  };
}

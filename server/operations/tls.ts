import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { TlsFiles } from '../options.ts';
import { StartError } from '../startError.ts';

export interface TlsPair {
  cert: string;
  key: string;
}

/** Throws `StartError` that names the variable whose file cannot be used, and why. */
export function readTls({ certFile, keyFile }: TlsFiles): TlsPair {
  const cert = readPem('TLS_CERT_FILE', certFile);
  const key = readPem('TLS_KEY_FILE', keyFile);
  try {
    new X509Certificate(cert);
  } catch {
    throw new StartError(`TLS_CERT_FILE: ${certFile} is no certificate in PEM`);
  }
  try {
    createPrivateKey(key);
  } catch {
    throw new StartError(`TLS_KEY_FILE: ${keyFile} is no key in PEM without a passphrase`);
  }
  try {
    createSecureContext({ cert, key });
  } catch {
    throw new StartError(`TLS_KEY_FILE: ${keyFile} does not belong to the certificate`);
  }
  return { cert, key };
}

function readPem(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown error';
    throw new StartError(`${variable}: ${file} cannot be read (${code})`);
  }
}

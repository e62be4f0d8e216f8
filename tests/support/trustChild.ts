import { trustSystemCertificates } from '#electron/core/systemTrust.ts';
import { createHttp } from '#electron/sync/http.ts';
import { quietLog } from './cacheFixture.ts';

/** Asks a server as a desk does, and writes what came of it. Argument: the server's address. */
const address = process.argv[2] ?? '';
trustSystemCertificates(address, quietLog);
const http = createHttp(address);
const answer = await http({ method: 'GET', path: '/healthz', timeoutMs: 30_000 });
process.stdout.write(
  answer.kind === 'unreachable' ? `unreachable: ${answer.message}` : answer.kind,
);

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

// A receiver of webhooks. Start it with
//   WEBHOOK_SECRET=whsec_… PORT=8090 node examples/webhooks/receiver.ts
// and make a webhook for http://127.0.0.1:8090/ (outside of practice: for https).

const toleranceSeconds = 5 * 60;
const maxBodyBytes = 2_000_000;

/**
 * Is the delivery from the one who knows the secret, and not an old one sent again? After the Standard Webhooks
 * specification: HMAC-SHA256 over `id.timestamp.body`. `body` is what came over the line, not parsed and written anew.
 */
export function isGenuine(headers: IncomingHttpHeaders, body: string, secret: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp } = headers;
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string') return false;
  if (typeof signatures !== 'string') return false;
  const age = Date.now() / 1_000 - Number(timestamp);
  if (!(Math.abs(age) <= toleranceSeconds)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  // There are two while a new secret is brought in.
  return signatures.split(' ').some((signature) => {
    const [version, value = ''] = signature.split(',');
    const given = Buffer.from(value, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    parts.push(part);
    bytes += part.length;
    if (bytes > maxBodyBytes) throw new Error('too much');
  }
  return Buffer.concat(parts).toString('utf8');
}

/** An event may come more than once. A receiver of yours keeps what it has seen in its database. */
const seen = new Set<string>();

const server = createServer(async (request, response) => {
  try {
    const body = await readBody(request);
    if (!isGenuine(request.headers, body, process.env.WEBHOOK_SECRET ?? '')) {
      response.writeHead(401).end();
      return;
    }
    const event = JSON.parse(body);
    if (!seen.has(event.id)) {
      seen.add(event.id);
      process.stdout.write(`${event.type} ${event.data.id}\n`);
    }
    // Within ten seconds: what takes longer is done after the answer.
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
});

if (import.meta.main) {
  server.listen(Number(process.env.PORT ?? 8090), '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    process.stdout.write(`listening on http://127.0.0.1:${port}/\n`);
  });
}

/**
 * A client of the interface for other programs, without any dependency: Node 22.18 or newer runs it as it stands.
 *
 *   SWITCHBOARD_URL=https://switchboard.example.org SWITCHBOARD_KEY=sb_… node examples/api/client.ts customer "Wang Fang" 13812345678
 *   … node examples/api/client.ts ticket CUSTOMER_ID "Boiler leaks"
 *   … node examples/api/client.ts changes customers [CURSOR]
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

type Item = Record<string, unknown> & { id: string };
interface Page {
  items: Item[];
  cursor: string | null;
  more: boolean;
}

const url = process.env.SWITCHBOARD_URL ?? 'http://127.0.0.1:7080';
const key = process.env.SWITCHBOARD_KEY ?? '';
const maxTries = 8;

/**
 * Ask until there is an answer: a lost connection, 429 and 503 are tried again, after as long as the server says. A
 * POST carries its Idempotency-Key at every try, so that it is done once.
 */
async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { authorization: `Bearer ${key}` };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method === 'POST') headers['idempotency-key'] = randomUUID();
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(`${url}${path}`, { method, headers, ...sent }).catch(() => null);
    if (response?.ok) return (await response.json()) as T;
    const mayPass = !response || response.status === 429 || response.status === 503;
    if (!mayPass || attempt === maxTries) throw await failure(response);
    const seconds = Number(response?.headers.get('retry-after') ?? 2 ** (attempt - 1));
    process.stderr.write(`${response?.status ?? 'no answer'}: again in ${seconds} s\n`);
    await response?.body?.cancel();
    await wait(seconds * 1_000);
  }
}

/** Every error is a problem document (RFC 9457) with a `code` that stays the same. */
async function failure(response: Response | null): Promise<Error> {
  if (!response) return new Error('the server does not answer');
  const { code, detail } = (await response.json()) as { code: string; detail?: string };
  return new Error(`${response.status} ${code}: ${detail ?? ''}`);
}

async function makeCustomer(name: string, number: string): Promise<void> {
  const customer = await ask<Item>('POST', '/api/v1/customers', { name });
  const point = { customerId: customer.id, kind: 'phone', raw: number, preferred: true };
  await ask<Item>('POST', '/api/v1/contact-points', point);
  print(customer);
}

async function makeTicket(customerId: string, subject: string): Promise<void> {
  print(await ask<Item>('POST', '/api/v1/tickets', { customerId, subject, type: 'repair' }));
}

/**
 * What was written since the cursor, one record a line; the last line is the cursor to go on with. Keep it: the next
 * run prints what has changed meanwhile, and nothing is left out.
 */
async function printChanges(resource: string, since: string | undefined): Promise<void> {
  let cursor: string | null = since ?? null;
  for (;;) {
    const behind: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Page = await ask('GET', `/api/v1/${resource}?limit=100${behind}`);
    for (const item of page.items) print(item);
    cursor = page.cursor;
    if (!page.more) break;
  }
  print({ cursor });
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

const [command, first = '', second = ''] = process.argv.slice(2);
try {
  if (command === 'customer') await makeCustomer(first, second);
  else if (command === 'ticket') await makeTicket(first, second);
  else if (command === 'changes') await printChanges(first, second || undefined);
  else throw new Error('say customer, ticket or changes');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

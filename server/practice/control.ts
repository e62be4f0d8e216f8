import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { PracticeState } from './practiceState.ts';

const mostBodyBytes = 16_384;

export const placeCallSchema = z.object({
  number: z.string().regex(/^(anonymous|\+?\d{3,20})$/),
  name: z.string().optional(),
  queue: z.string(),
  talkMs: z.number().int().min(0).optional(),
  patienceMs: z.number().int().min(0).optional(),
  scenario: z.string().optional(),
  language: z.enum(['zh', 'en']).optional(),
  /** Offer the caller to this extension alone. */
  agent: z.string().optional(),
});

export type PlaceCall = z.output<typeof placeCallSchema>;

const switchCallersSchema = z.object({ enabled: z.boolean() });

export interface ControlTarget {
  placeCall(call: PlaceCall): string | undefined;
  hangUpCaller(callRef: string): boolean;
  setCallers(enabled: boolean): void;
  state(): PracticeState;
}

interface Answer {
  status: number;
  body?: unknown;
}

/** An answer after RFC 9457. */
function problem(status: number, title: string, detail?: string): Answer {
  return { status, body: { type: 'about:blank', title, status, ...(detail ? { detail } : {}) } };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * The control interface: `POST /control/calls`, `DELETE /control/calls/:callRef`, `GET /control/state`,
 * `POST /control/callers`. Every request carries `Authorization: Bearer <token>`.
 */
export class Control {
  #target: ControlTarget;
  #tokenDigest: Buffer | undefined;

  constructor(target: ControlTarget, token: string | undefined) {
    this.#target = target;
    this.#tokenDigest = token === undefined ? undefined : digest(token);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#answer(request);
    const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      'content-type': answer.status < 400 ? 'application/json' : 'application/problem+json',
      'cache-control': 'no-store',
    });
    response.end(text);
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { pathname } = new URL(request.url ?? '/', 'http://practice.invalid');
    if (!pathname.startsWith('/control/') || !this.#tokenDigest) return problem(404, 'Not Found');
    if (!this.#isAllowed(request)) return problem(401, 'Unauthorized');
    const route = `${request.method} ${pathname}`;
    if (route === 'GET /control/state') return { status: 200, body: this.#target.state() };
    if (route === 'POST /control/calls') return this.#placeCall(await readJson(request));
    if (route === 'POST /control/callers') return this.#switchCallers(await readJson(request));
    const callRef = /^DELETE \/control\/calls\/([\w-]+)$/.exec(route)?.[1];
    if (callRef) return this.#hangUp(callRef);
    return problem(404, 'Not Found');
  }

  #isAllowed(request: IncomingMessage): boolean {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    return (
      token !== undefined &&
      this.#tokenDigest !== undefined &&
      timingSafeEqual(digest(token), this.#tokenDigest)
    );
  }

  #placeCall(body: unknown): Answer {
    const call = placeCallSchema.safeParse(body);
    if (!call.success) return problem(400, 'Bad Request', z.prettifyError(call.error));
    const callRef = this.#target.placeCall(call.data);
    if (!callRef) return problem(422, 'Unprocessable Content', `no queue ${call.data.queue}`);
    return { status: 201, body: { callRef } };
  }

  #switchCallers(body: unknown): Answer {
    const wanted = switchCallersSchema.safeParse(body);
    if (!wanted.success) return problem(400, 'Bad Request', z.prettifyError(wanted.error));
    this.#target.setCallers(wanted.data.enabled);
    return { status: 200, body: { enabled: wanted.data.enabled } };
  }

  #hangUp(callRef: string): Answer {
    return this.#target.hangUpCaller(callRef) ? { status: 204 } : problem(404, 'Not Found');
  }
}

/** Undefined if the body is no JSON or longer than a control request ever is. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > mostBodyBytes) return undefined;
    chunks.push(buffer);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

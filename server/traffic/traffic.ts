import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problems.ts';
import { BusyError, createGate, type Gate, type GateLimits } from './gate.ts';
import { packAnswer, unpackBody } from './packing.ts';

/** What one node takes on at a time. */
export interface TrafficLimits {
  push: GateLimits;
  pull: GateLimits;
}

/** A desk gives a request up after 15 s: nothing waits longer than is left after the work itself. */
const maxWaitMs = 5_000;

export const defaultTrafficLimits: TrafficLimits = {
  // Pushes that meet are written together, so many at a time are no burden; a batch is below 1 MiB.
  push: { running: 64, waiting: 128, maxWaitMs },
  // A full page is a megabyte to be read, written as JSON and packed. Every desk of the house asks at once when there
  // is news: they have to find room in the line.
  pull: { running: 8, waiting: 2_048, maxWaitMs },
};

/** A password takes a tenth of a second of a processor; a desk gives a sign-in up after 5 s. */
export const signInLimits: GateLimits = { running: 2, waiting: 64, maxWaitMs: 4_000 };

/** Seconds within which those who were turned away are asked to come back, spread evenly. */
const comeBackWithinS = 5;

export interface Traffic {
  push: Gate;
  pull: Gate;
}

export function createTraffic(limits: TrafficLimits = defaultTrafficLimits): Traffic {
  return { push: createGate(limits.push), pull: createGate(limits.pull) };
}

/** Hooks of one route: turns away early what would wait too long, and lets the rest in by turns. */
export function through(gate: Gate) {
  return {
    async onRequest(): Promise<void> {
      if (gate.isFull()) throw busy();
    },
    /** After the body has arrived, so that a slow line holds no place. */
    async preHandler(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
      reply.leaveGate = await holdPlace(gate, reply);
    },
  };
}

/** Work that goes on though nobody waits for it any more, and holds its place until it is done. */
export async function inTurn<T>(
  gate: Gate,
  reply: FastifyReply,
  work: () => Promise<T>,
): Promise<T> {
  const leave = await entered(gate, reply);
  try {
    return await work();
  } finally {
    leave();
  }
}

/** A place from here to the end of the answer. */
export async function holdPlace(gate: Gate, reply: FastifyReply): Promise<() => void> {
  const leave = await entered(gate, reply);
  reply.raw.once('close', leave);
  // Whoever asked may have gone before the line was joined.
  if (reply.raw.closed) leave();
  return leave;
}

/** Gives the place in the line up when whoever asked is gone. */
async function entered(gate: Gate, reply: FastifyReply): Promise<() => void> {
  const gone = new AbortController();
  const giveUp = () => gone.abort();
  reply.raw.once('close', giveUp);
  try {
    return await gate.enter(gone.signal);
  } catch (error) {
    throw error instanceof BusyError ? busy() : error;
  } finally {
    reply.raw.off('close', giveUp);
  }
}

declare module 'fastify' {
  interface FastifyReply {
    leaveGate: (() => void) | null;
  }
}

/** What all routes of sync have in common: packed bodies, and the place given up when the answer is made. */
export function useTraffic(app: FastifyInstance): void {
  app.decorateReply('leaveGate', null);
  app.addHook('preParsing', unpackBody);
  app.addHook('onSend', packAnswer);
  app.addHook('onSend', async (_request, reply, payload) => {
    reply.leaveGate?.();
    return payload;
  });
}

/** For the metrics: how many are worked on and wait, by kind. */
export function trafficSamples(traffic: Traffic) {
  return Object.entries(traffic).flatMap(([kind, gate]: [string, Gate]) => {
    const { running, waiting } = gate.counts();
    return [
      { labels: { kind, state: 'running' }, value: running },
      { labels: { kind, state: 'waiting' }, value: waiting },
    ];
  });
}

function busy(): ProblemError {
  const seconds = 1 + Math.floor(Math.random() * comeBackWithinS);
  const headers = { 'retry-after': String(seconds) };
  return new ProblemError(503, 'server-busy', 'more is asked than can be answered now', headers);
}

import { z } from 'zod';

const delay = z.number().int().min(0);
const range = z.object({ min: delay, max: delay });

const account = z.object({
  extension: z.string().regex(/^\d{2,6}$/),
  password: z.string().min(1),
  name: z.string(),
  queues: z.array(z.string()),
  /** Whether a call to this extension rings beside another one; otherwise 486. The desk may still turn it away. */
  callWaiting: z.boolean().default(true),
});

const queue = z.object({
  id: z.string().regex(/^[\w-]+$/),
  name: z.string(),
  /** Asks the desk to take this queue's callers without ringing. */
  autoAnswer: z.boolean().default(false),
  /** Calls of this queue are recorded from the answer on. */
  recorded: z.boolean().default(true),
});

const caller = z.object({
  /** E.164, or `anonymous` for a caller who withholds the number. */
  number: z.string().regex(/^(anonymous|\+?\d{3,20})$/),
  name: z.string().optional(),
  /** The phrase file of the language: `order`, `complaint`, `question`; anything unknown is a silent line. */
  scenario: z.string().optional(),
  language: z.enum(['zh', 'en']).optional(),
  queue: z.string(),
});

const timing = z
  .object({
    /** How long an agent may let it ring. */
    ringTimeoutMs: delay.default(20_000),
    /** How long an agent who did not take a caller is spared that same caller. */
    retryMs: delay.default(5_000),
    /** Between the end of a call and the next offer, so that the desk can announce after-call work first. */
    wrapUpMs: delay.default(2_000),
    /** How long the calls of a desk outlive its socket. */
    graceMs: delay.default(30_000),
    /** How long a desk that came back has to say whether it still knows its call. */
    probeMs: delay.default(8_000),
    /** How long a desk that came back without its dialog has to take the call over (RFC 3891). */
    takeOverMs: delay.default(5_000),
    /** How long an outside number rings before it is answered. */
    outsideRingMs: range.default({ min: 2_000, max: 5_000 }),
    talkMs: range.default({ min: 45_000, max: 120_000 }),
    patienceMs: range.default({ min: 60_000, max: 180_000 }),
    /** Between two repetitions of a caller's phrase. */
    phrasePauseMs: delay.default(2_500),
    nonceLifeMs: delay.default(600_000),
    /** How long a transferring desk may take to hang up its own leg. */
    transferByeMs: delay.default(5_000),
    /** A socket that does not answer a ping within this time is cut. */
    pingMs: delay.default(15_000),
    /** Length of a session without a refresh (RFC 4028); the timer runs where the desk knows it too. */
    sessionExpiresS: z.number().int().min(1).default(1_800),
    /** A desk that asks for a shorter session is answered 422. */
    minSessionExpiresS: z.number().int().min(1).default(90),
  })
  .prefault({});

const autoCallers = z
  .object({
    enabled: z.boolean().default(false),
    /** Until the first caller, from the moment an agent is available. */
    firstAfterMs: delay.default(4_000),
    everyMs: range.default({ min: 15_000, max: 40_000 }),
  })
  .prefault({});

/** What the practice PBX is told at its start; it is all plain JSON. */
export const practiceSettingsSchema = z.object({
  host: z.string().default('127.0.0.1'),
  /** 0 takes a free port. */
  port: z.number().int().min(0).max(65_535).default(0),
  accounts: z.array(account),
  queues: z.array(queue),
  callers: z.array(caller).default([]),
  /** Numbers of the centre; a desk names one of them in P-Preferred-Identity (RFC 3325), the first is the default. */
  ownNumbers: z.array(z.string().regex(/^\+?\d{3,20}$/)).default([]),
  /** The same seed makes the same row of callers and delays. */
  seed: z.number().int().default(1),
  autoCallers,
  timing,
  /** Media on 127.0.0.1 alone. Without it, on the first real interface, or on 127.0.0.1 if there is none. */
  loopbackMedia: z.boolean().default(false),
  /** Bearer token of the control interface; without one there is no control interface. */
  controlToken: z.string().min(16).optional(),
  /** Where recordings are laid down, `<call reference>.wav`; without it nothing is kept of what is said. */
  recordingsDir: z.string().min(1).optional(),
  /** The directory `resources`; the voices are in `practice` inside. */
  resourcesDir: z.string(),
});

export type PracticeSettings = z.output<typeof practiceSettingsSchema>;
export type PracticeSettingsInput = z.input<typeof practiceSettingsSchema>;
export type PracticeAccount = z.output<typeof account>;
export type PracticeCaller = z.input<typeof caller>;

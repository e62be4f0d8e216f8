import { z } from 'zod';
import { auditEntrySchema } from '../domain/audit.ts';
import { listenModes } from '../domain/calls/listening.ts';
import { roleSchema } from '../domain/permissions.ts';
import { idSchema, shortTextSchema, timeSchema } from '../domain/primitives.ts';
import { stampPattern } from './clock.ts';
import { entityNameSchema } from './entities.ts';
import { type InterventionMessage, interventionMessageSchema } from './intervention.ts';

const stampSchema = z.string().regex(stampPattern);
export const deviceIdSchema = z.string().regex(/^[0-9a-z]{8,32}$/);

/** Operation 操作: one change by one author on one desk, applied by the server exactly once. */
export const operationSchema = z.object({
  id: idSchema,
  entity: entityNameSchema,
  entityId: idSchema,
  fields: z.record(z.string().max(64), z.unknown()),
  clock: stampSchema,
  /** Server version of the record the author saw; null where the author made it. */
  baseVersion: z.int().nonnegative().nullable(),
  authorId: idSchema,
  at: timeSchema,
  /** Made before its desk heard that the server's database went back to a backup: others may have seen it already. */
  again: z.boolean().optional(),
});
export type Operation = z.infer<typeof operationSchema>;

export const maxPushOperations = 200;
export const maxPullChanges = 2000;

/** Names one run of a desk: a copy of the desk's files cannot know the next one. */
const instanceSchema = z.string().regex(/^[0-9a-z-]{16,64}$/);

export const pushRequestSchema = z.object({
  deviceId: deviceIdSchema,
  /** Under which the desk has registered. Desks of before send none. */
  instance: instanceSchema.optional(),
  operations: z.array(operationSchema).min(1).max(maxPushOperations),
});

export const rejectReasons = [
  'forbidden',
  'invalid-fields',
  'unknown-entity',
  'not-yours',
  'state-not-allowed',
  'conflict',
] as const;

export const pushResultSchema = z.object({
  operationId: idSchema,
  /** `merged`: applied, but a later write of another desk kept some of its fields. */
  outcome: z.enum(['applied', 'merged', 'rejected']),
  version: z.int().nonnegative().nullable(),
  reason: z.enum(rejectReasons).nullable(),
  message: shortTextSchema.nullable(),
  /** Under which it was merged, where its own stamp was not believed: it is offered again under this one. */
  clock: stampSchema.optional(),
});
export type PushResult = z.infer<typeof pushResultSchema>;

export const pushResponseSchema = z.object({
  results: z.array(pushResultSchema),
  serverTime: timeSchema,
});
export type PushResponse = z.infer<typeof pushResponseSchema>;

/** One record as the server holds it now. `entity` is any word: a desk keeps what it does not know yet. */
export const changeSchema = z.object({
  entity: z.string().max(64),
  id: idSchema,
  version: z.int().positive(),
  fields: z.record(z.string(), z.unknown()),
  clocks: z.record(z.string(), z.string()),
  /** True where the record left this desk's scope or was erased by law: the desk drops its copy. */
  withdrawn: z.boolean(),
});
export type Change = z.infer<typeof changeSchema>;

/** Opaque to desks: commit order position `xid.sequence`. */
const cursorSchema = z.string().regex(/^\d{1,20}\.\d{1,20}$/);

/** Names one start of the server on its database: a database restored from a backup has none of the later ones. */
export const lineageSchema = z.string().regex(/^[0-9a-z-]{8,64}$/);

/** Names what a reader sees: another word, other records. Opaque to desks. */
const scopeSchema = z.string().regex(/^[0-9a-f]{16}$/);

export const pullRequestSchema = z.object({
  deviceId: deviceIdSchema,
  cursor: cursorSchema.nullable(),
  limit: z.int().min(1).max(maxPullChanges),
  /** The line of history that the last page came from; null at the first one. Desks of before send none. */
  lineage: lineageSchema.nullable().optional(),
});

export const pullResponseSchema = z.object({
  changes: z.array(changeSchema),
  cursor: cursorSchema.nullable(),
  more: z.boolean(),
  serverTime: timeSchema,
  /** Servers of before send none. */
  lineage: lineageSchema.optional(),
  /** The database is older than what this desk has seen of it: the page is the first one again. */
  restarted: z.boolean().optional(),
  /** What this desk may see now, as one word. Servers of before send none. */
  scope: scopeSchema.optional(),
  /** On the first page: how many records are to come, about. */
  total: z.int().nonnegative().optional(),
});
export type PullResponse = z.infer<typeof pullResponseSchema>;

/** A desk begins to sync: it is the one that goes on under its device id. */
export const registerRequestSchema = z.object({
  deviceId: deviceIdSchema,
  instance: instanceSchema,
  /** The instance under which it was registered before; null for the first time. */
  previous: instanceSchema.nullable(),
  lineage: lineageSchema.nullable().optional(),
});

export const registerResponseSchema = z.object({
  serverTime: timeSchema,
  /** Names what the server understands: another word, another version of it. */
  knows: z.string().max(64),
  /** Fields that merge element by element here (lists.ts). Servers of before merge them as a whole, and send none. */
  lists: z.array(z.string().max(64)).optional(),
});
export type RegisterResponse = z.infer<typeof registerResponseSchema>;

/** Records of one range of `POST /api/sync/hash`, at most. */
export const maxRangeRecords = 1000;

/** A stretch of an entity's records in the order of their ids: behind `after`, up to and with `upTo`. */
const rangeRequest = z.object({
  deviceId: deviceIdSchema,
  /** What this desk has pulled so far: it is compared as of there. */
  cursor: cursorSchema,
  entity: z.string().max(64),
  /** Null: from the first one. */
  after: idSchema.nullable(),
});

/** What do the records behind `after` come to? */
export const hashRequestSchema = rangeRequest;

const rangeHashSchema = z.object({
  /** Null: to the last one. */
  upTo: idSchema.nullable(),
  /** Records that came into the hash. */
  count: z.int().nonnegative(),
  /** SHA-256 over the records in the order of their ids, hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Records of the range that moved behind the cursor: they are not in the hash. */
  moved: z.array(idSchema),
});
export type RangeHash = z.infer<typeof rangeHashSchema>;

export const hashResponseSchema = z.object({
  /** One behind the other; empty for an entity that the server does not know. */
  ranges: z.array(rangeHashSchema),
  scope: scopeSchema,
  lineage: lineageSchema,
});
export type HashResponse = z.infer<typeof hashResponseSchema>;

/** The records of a range, as they are now. */
export const rangeRequestSchema = rangeRequest.omit({ cursor: true }).extend({
  upTo: idSchema.nullable(),
});

export const rangeResponseSchema = z.object({
  changes: z.array(changeSchema),
  /** How far the answer goes; less than was asked for where the records are many or large. */
  upTo: idSchema.nullable(),
  scope: scopeSchema,
  lineage: lineageSchema,
});
export type RangeResponse = z.infer<typeof rangeResponseSchema>;

export const maxKnownIds = 1000;

/** Which of these operations, all of the signed-in user, does the server not have? */
export const knownRequestSchema = z.object({
  deviceId: deviceIdSchema,
  operationIds: z.array(idSchema).min(1).max(maxKnownIds),
});
export const knownResponseSchema = z.object({ unknown: z.array(idSchema) });

/** First message on the live socket, from the desk. */
export const liveHelloSchema = z.object({
  type: z.literal('hello'),
  token: z.string().max(200),
  deviceId: deviceIdSchema,
});

const connectorStates = ['connected', 'blind', 'absent'] as const;

/** How the centre sees its PBX: `blind` while the line to it is down, `absent` where none is configured. */
export const connectorStatusSchema = z.object({
  state: z.enum(connectorStates),
  /** Since when, ms UTC. */
  since: timeSchema,
});
export type ConnectorStatus = z.infer<typeof connectorStatusSchema>;

const recordingStates = ['on', 'paused', 'off'] as const;

/** What the PBX did, told to the desk that it concerns. Told again after every welcome. */
const pbxMessageSchemas = [
  /** Somebody listens to this agent's call, or left it (`mode` null). */
  z.object({
    type: z.literal('listener'),
    callRef: shortTextSchema,
    name: shortTextSchema,
    mode: z.enum(listenModes).nullable(),
  }),
  /** Whether the PBX's queues offer calls to this agent; what the PBX says counts. */
  z.object({
    type: z.literal('pbx'),
    paused: z.boolean(),
    reason: shortTextSchema.nullable(),
    at: timeSchema,
  }),
  z.object({
    type: z.literal('recording'),
    callRef: shortTextSchema,
    state: z.enum(recordingStates),
  }),
  /** While it is not `connected`, what was told before counts for nothing. */
  z.object({ type: z.literal('connector'), status: connectorStatusSchema }),
] as const;
const pbxMessageSchema = z.discriminatedUnion('type', pbxMessageSchemas);
export type PbxMessage = z.infer<typeof pbxMessageSchema>;
/** What the centre has to say to one user's desks: of the PBX, or of a supervisor. */
export type CentreMessage = PbxMessage | InterventionMessage;

/**
 * From the server: "there is news"; the data always comes by pull. What happened at the PBX is told as it is. A desk
 * passes over a type that it does not know.
 */
export const liveMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), serverTime: timeSchema }),
  z.object({ type: z.literal('news') }),
  z.object({ type: z.literal('signedOut') }),
  interventionMessageSchema,
  ...pbxMessageSchemas,
]);
export type LiveMessage = z.infer<typeof liveMessageSchema>;

/** `POST /api/pbx/listen`: the PBX rings the caller's own desk, or changes the mode of the one that listens. */
export const listenRequestSchema = z.object({ userId: idSchema, mode: z.enum(listenModes) });
export const takeOverRequestSchema = z.object({ userId: idSchema });
export const recordingRequestSchema = z.object({ callRef: shortTextSchema, on: z.boolean() });
export const recordingResponseSchema = z.object({ state: z.enum(recordingStates) });

export const maxAuditEntries = 200;
export const auditPageSchema = z.object({ entries: z.array(auditEntrySchema) });
export type AuditPage = z.infer<typeof auditPageSchema>;

export const phoneAccountSchema = z.object({
  /** SIP address of record, such as `sip:2041@practice.invalid`. */
  uri: z.string().max(300),
  /** WebSocket of the PBX, `ws:` or `wss:`. */
  server: z.string().max(300),
  user: z.string().max(100),
  password: z.string().max(200),
});
export type PhoneAccount = z.infer<typeof phoneAccountSchema>;

export const signInRequestSchema = z.object({
  login: z.string().min(1).max(200),
  password: z.string().min(1).max(500),
  deviceId: deviceIdSchema,
  /** An own password beside the one-time one, which alone opens nothing. */
  newPassword: z.string().min(1).max(500).optional(),
});
export type SignInRequest = z.infer<typeof signInRequestSchema>;

export const signedInUserSchema = z.object({
  id: idSchema,
  login: shortTextSchema,
  name: shortTextSchema,
  role: roleSchema,
  teamId: shortTextSchema.nullable(),
  extension: z.string().max(16).nullable(),
  queueIds: z.array(shortTextSchema),
});
export type SignedInUser = z.infer<typeof signedInUserSchema>;

export const signInResponseSchema = z.object({
  token: z.string().min(20).max(200),
  user: signedInUserSchema,
  /** Null where no PBX is configured for this user. */
  phone: phoneAccountSchema.nullable(),
  serverTime: timeSchema,
});
export type SignInResponse = z.infer<typeof signInResponseSchema>;

/** Only a server in practice mode answers with these; the passwords open nothing but practice. */
export const practiceUsersSchema = z.object({
  users: z.array(
    z.object({
      login: shortTextSchema,
      name: shortTextSchema,
      role: roleSchema,
      password: shortTextSchema,
    }),
  ),
});
export type PracticeUsers = z.infer<typeof practiceUsersSchema>;

/** RFC 9457 problem details, the body of every HTTP error. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

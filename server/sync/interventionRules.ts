import { helpRequestSchema } from '#shared/domain/intervention/helpRequest.ts';
import { refusalOfHelpChange, refusalOfNewHelp } from '#shared/domain/intervention/helpSteps.ts';
import { messageSchema } from '#shared/domain/intervention/message.ts';
import {
  refusalOfMessageChange,
  refusalOfNewMessage,
} from '#shared/domain/intervention/messageSteps.ts';
import type { ReceivedOperation } from '../store/operations.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Author, Colleague, Refusal } from './rules.ts';

const words = {
  forbidden: 'this is not for this user to do',
  'not-yours': 'this belongs to someone else',
  'state-not-allowed': 'not in this state',
  conflict: 'somebody else was faster',
} as const;

type Fields = Record<string, unknown>;

/** Rules of messages and requests for help, for fields that are valid already. Null: none is broken. */
export function refusalOfIntervention(
  author: Author,
  { entity, fields }: Pick<ReceivedOperation, 'entity' | 'fields'>,
  held: Pick<StoredRecord, 'fields'> | null,
): Refusal | null {
  if (entity !== 'message' && entity !== 'helpRequest') return null;
  if ('writes' in author) return { reason: 'forbidden', message: words.forbidden };
  const judge = entity === 'message' ? ofMessage : ofHelp;
  const reason = judge(author, fields, held?.fields ?? null);
  return reason && { reason, message: words[reason] };
}

function ofMessage(author: Colleague, fields: Fields, held: Fields | null) {
  return held
    ? refusalOfMessageChange(author, messageSchema.parse(held), fields)
    : refusalOfNewMessage(author, messageSchema.parse(fields));
}

function ofHelp(author: Colleague, fields: Fields, held: Fields | null) {
  return held
    ? refusalOfHelpChange(author, helpRequestSchema.parse(held), fields)
    : refusalOfNewHelp(author, helpRequestSchema.parse(fields));
}

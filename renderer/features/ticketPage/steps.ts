import {
  IconArrowBackUp,
  IconArrowUp,
  IconCheck,
  IconCircleCheck,
  IconHourglass,
  IconLock,
  IconPhoneCall,
  IconPlayerPlay,
  IconRefresh,
  IconUserCheck,
} from '@tabler/icons-react';
import type { TicketAction } from '#shared/domain/tickets/ticket.ts';
import { keysOf } from '../../app/hotkeys.ts';

export const stepIcons: Record<TicketAction, typeof IconCheck> = {
  acknowledge: IconCheck,
  assign: IconUserCheck,
  return: IconArrowBackUp,
  start: IconPlayerPlay,
  wait: IconHourglass,
  resume: IconPlayerPlay,
  resolve: IconCircleCheck,
  visit: IconPhoneCall,
  close: IconLock,
  reopen: IconRefresh,
  escalate: IconArrowUp,
};

/** Plain letters, in the ticket alone: `start` and `resume` are never open at the same time. */
export const stepKeys: Record<TicketAction, string> = {
  acknowledge: keysOf('ticket.acknowledge'),
  assign: keysOf('ticket.assign'),
  return: keysOf('ticket.return'),
  start: keysOf('ticket.start'),
  wait: keysOf('ticket.wait'),
  resume: keysOf('ticket.start'),
  resolve: keysOf('ticket.resolve'),
  visit: keysOf('ticket.visit'),
  close: keysOf('ticket.close'),
  reopen: keysOf('ticket.reopen'),
  escalate: keysOf('ticket.escalate'),
};

export const pageKeys = {
  note: keysOf('ticket.note'),
  reply: keysOf('ticket.reply'),
  edit: keysOf('ticket.edit'),
  watch: keysOf('ticket.watch'),
  link: keysOf('ticket.link'),
  attach: keysOf('ticket.attach'),
};

/** Steps that ask for a word although they need none. */
export const asksFor: ReadonlySet<TicketAction> = new Set(['wait', 'assign', 'close']);

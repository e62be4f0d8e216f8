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
  acknowledge: 'Q',
  assign: 'A',
  return: 'T',
  start: 'S',
  wait: 'P',
  resume: 'S',
  resolve: 'R',
  visit: 'V',
  close: 'C',
  reopen: 'O',
  escalate: 'E',
};

export const pageKeys = {
  note: 'N',
  reply: 'M',
  edit: 'D',
  watch: 'W',
  link: 'L',
  attach: 'F',
} as const;

/** Steps that ask for a word although they need none. */
export const asksFor: ReadonlySet<TicketAction> = new Set(['wait', 'assign', 'close']);

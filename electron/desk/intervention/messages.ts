import type { MessageTarget, MessageView } from '#shared/contract/methods/intervention.ts';
import { newId } from '#shared/domain/ids.ts';
import { maySendTo } from '#shared/domain/intervention/mayIntervene.ts';
import { DeskError } from '#shared/result.ts';
import type { LocalChange } from '../../cache/cache.ts';
import type { Person } from '../../cache/reads/interventionReads.ts';
import type { Handlers } from '../../handler/handler.ts';
import { done } from '../done.ts';
import type { InterventionParts } from './parts.ts';

type MessageMethod = Extract<keyof Handlers, `messages.${string}`>;

/** So many are marked as read in one go. */
const mostUnread = 1_000;

/** Messages to people of the centre: written here, carried by sync, read wherever the recipient sits. */
export function messageHandlers({
  user,
  cache,
  clock,
}: InterventionParts): Pick<Handlers, MessageMethod> {
  const reads = cache.intervention;
  const others = () => reads.people().filter((person) => maySendTo(user, person));

  function peopleOf(to: MessageTarget): Person[] {
    switch (to.audience) {
      case 'one':
        return others().filter(({ id }) => id === to.userId);
      case 'team':
        return others().filter(({ teamId }) => teamId === to.teamId);
      case 'all':
        return others();
    }
  }

  function received(id: string): MessageView {
    const message = reads.message(id);
    if (message?.recipientId !== user.id) throw new DeskError('not-found', 'no such message');
    return message;
  }

  function markRead(ids: readonly string[]): void {
    const readAt = clock.now();
    const changes: LocalChange[] = ids.map((id) => ({ entity: 'message', id, fields: { readAt } }));
    if (changes.length > 0) cache.change(changes, user.id);
  }

  return {
    'messages.inbox': ({ limit }) => ({
      unread: reads.unreadMessages(),
      entries: reads.inbox(limit),
    }),
    'messages.read'({ ids }) {
      const unread = new Set(reads.unreadIds(mostUnread));
      return done(markRead((ids ?? [...unread]).filter((id) => unread.has(id))));
    },
    'messages.reply'({ id, text }) {
      const { reply, readAt } = received(id);
      if (reply !== null) throw new DeskError('state-not-allowed', 'it was answered');
      const at = clock.now();
      const fields = { reply: text, repliedAt: at, ...(readAt === null ? { readAt: at } : {}) };
      cache.change([{ entity: 'message', id, fields }], user.id);
      return received(id);
    },
    'messages.audience'() {
      const users = others();
      const teams = new Map<string, number>();
      for (const { teamId } of users) {
        if (teamId !== null) teams.set(teamId, (teams.get(teamId) ?? 0) + 1);
      }
      return {
        users,
        teams: [...teams]
          .map(([id, count]) => ({ id, count }))
          .sort((a, b) => (a.id < b.id ? -1 : 1)),
      };
    },
    'messages.send'({ to, text, priority, helpRequestId }) {
      const people = peopleOf(to);
      if (people.length === 0) throw new DeskError('not-found', 'nobody to send it to');
      const sendingId = newId();
      const common = {
        ...{ sendingId, text, priority, helpRequestId, sentAt: clock.now() },
        ...{ senderId: user.id, senderName: user.name, audience: to.audience },
        audienceName: to.audience === 'team' ? to.teamId : null,
        ...{ readAt: null, reply: null, repliedAt: null, replyReadAt: null },
      };
      const changes = people.map(
        ({ id, name }): LocalChange => ({
          entity: 'message',
          id: newId(),
          fields: { ...common, recipientId: id, recipientName: name },
        }),
      );
      cache.change(changes, user.id);
      return { sendingId, recipients: people.length };
    },
    'messages.sent': ({ limit }) => reads.sent(limit),
    'messages.seenReplies'({ sendingId }) {
      const replyReadAt = clock.now();
      const changes = reads
        .newReplies(sendingId)
        .map((id): LocalChange => ({ entity: 'message', id, fields: { replyReadAt } }));
      if (changes.length > 0) cache.change(changes, user.id);
      return {};
    },
  };
}

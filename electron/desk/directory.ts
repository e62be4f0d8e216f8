import type { DirectoryEntry } from '#shared/contract/models/calls.ts';
import type { Configuration } from '#shared/domain/configuration.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { offeredQueues } from '#shared/domain/settings/queues.ts';
import { initialsOf } from '#shared/domain/text/pinyin.ts';
import { soundsOf } from '#shared/domain/text/pinyinWords.ts';
import { type Bilingual, foldText, type Language } from '#shared/domain/text/text.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache, Colleague } from '../cache/cache.ts';

export interface DirectoryOptions {
  user: SignedInUser;
  cache: Pick<Cache, 'colleagues'>;
  configuration(): Configuration | null;
  language(): Language;
}

interface Listed {
  entry: DirectoryEntry;
  /** What is searched, in every language, folded. */
  words: string[];
  /** Full pinyin of its Chinese names. */
  sounds: string[];
}

/** Those who can take a call now come first. */
const order = ['ready', 'onCall', 'ringing', 'wrapUp', 'break', 'signedOut'];

/**
 * Whom a call can be passed on to, or who can be asked: colleagues (of the own team first, those who are
 * ready before others), queues, numbers of the centre. `text` narrows by a part of the name in either
 * language, of the number, or by the name's pinyin: its initials, or from its beginning.
 */
export function listDirectory(
  text: string,
  limit: number,
  { user, cache, configuration, language }: DirectoryOptions,
): DirectoryEntry[] {
  const colleagues = cache
    .colleagues()
    .filter(({ id, role }) => id !== user.id && mayDo(role, 'calls.take'))
    .sort((one, other) => rank(one, user) - rank(other, user))
    .map(ofColleague);
  const queues = offeredQueues(configuration()?.queues ?? []).map(({ id, name }) =>
    listed('queue', id, id, name, language()),
  );
  const numbers = (configuration()?.phone.directory ?? []).map(({ name, number }) =>
    listed('external', number, number, name, language()),
  );
  return [...colleagues, ...queues, ...numbers]
    .filter((one) => fits(text, one))
    .slice(0, limit)
    .map(({ entry }) => entry);
}

/** Equal ranks keep the order of the names. */
function rank({ teamId, state }: Colleague, user: SignedInUser): number {
  const ofTeam = teamId !== null && teamId === user.teamId ? 0 : order.length;
  return ofTeam + order.indexOf(state ?? 'signedOut');
}

function ofColleague({ id, name, extension, state, reason, since }: Colleague): Listed {
  const entry = { kind: 'agent' as const, id, name, target: extension, state, reason, since };
  return { entry, ...searched([name]) };
}

function listed(
  kind: 'queue' | 'external',
  id: string,
  target: string,
  name: Bilingual,
  language: Language,
): Listed {
  const entry = { kind, id, name: name[language], target, state: null, reason: null, since: null };
  return { entry, ...searched(Object.values(name)) };
}

function searched(names: string[]): Pick<Listed, 'words' | 'sounds'> {
  const sounds = names.flatMap((name) => soundsOf(name).map(({ full }) => full));
  return { words: [...names.map(foldText), ...names.map(initialsOf)], sounds };
}

function fits(text: string, { words, sounds, entry: { target } }: Listed): boolean {
  const wanted = foldText(text);
  if (wanted === '' || words.some((word) => word.includes(wanted))) return true;
  const spoken = wanted.replaceAll(' ', '');
  if (sounds.some((sound) => sound.startsWith(spoken))) return true;
  const digits = wanted.replace(/[\s()./-]/g, '').replace(/^(\+|00)/, '');
  return /^\d+$/.test(digits) && target.includes(digits.replace(/^0+(?=\d)/, ''));
}

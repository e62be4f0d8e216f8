import { useDebouncedValue } from '@mantine/hooks';
import { useRef } from 'react';
import type { DirectoryEntry } from '#shared/contract/models/calls.ts';
import { useQuery } from '../../app/bridge.tsx';
import { looksLikeNumber } from '../../app/typedNumber.ts';
import { useDesk } from '../../store/desk.ts';

/** What can be chosen: somebody of the directory, or the number as typed. */
export type Target = Omit<DirectoryEntry, 'kind'> & { kind: DirectoryEntry['kind'] | 'number' };

const kinds = ['agent', 'queue', 'external', 'number'] as const;
const limit = 60;

export function keyOfTarget({ kind, id }: Target): string {
  return `${kind}:${id}`;
}

/** Agents first, then queues, numbers of the centre, and what was typed where it is a number. */
export function targetsOf(
  entries: readonly DirectoryEntry[],
  typed: string,
  ownId: string | null,
): Target[] {
  const number = typed.trim();
  const known = entries.filter((entry) => !(entry.kind === 'agent' && entry.id === ownId));
  const targets: Target[] = [...known];
  if (looksLikeNumber(number) && !known.some(({ target }) => target === number)) {
    const nothing = { state: null, reason: null, since: null };
    targets.push({ kind: 'number', id: number, name: number, target: number, ...nothing });
  }
  return targets.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

/** The directory narrowed by what is typed; while it reads again the list before stays. */
export function useDirectory(text: string, wanted = true): { targets: Target[]; settled: boolean } {
  const [debounced] = useDebouncedValue(text.trim(), 60);
  const ownId = useDesk((desk) => desk.session.user?.id ?? null);
  const read = useQuery('directory.list', wanted ? { text: debounced, limit } : null, ['presence']);
  const last = useRef<readonly DirectoryEntry[]>([]);
  if (read.data) last.current = read.data;
  return {
    targets: wanted ? targetsOf(last.current, text, ownId) : [],
    settled: !read.loading && debounced === text.trim(),
  };
}

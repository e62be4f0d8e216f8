/** Two customers side by side in the address: `#/quality/merge:<winner>:<loser>`. */
export interface MergePair {
  winnerId: string;
  loserId: string;
}

export function mergeRouteId({ winnerId, loserId }: MergePair): string {
  return `merge:${winnerId}:${loserId}`;
}

export function mergePairOf(id: string | null): MergePair | null {
  const [what, winnerId, loserId] = (id ?? '').split(':');
  return what === 'merge' && winnerId && loserId ? { winnerId, loserId } : null;
}

import type { Division } from './divisionSearch.ts';

/** A division as an address begins with it; what the agent types goes on behind. */
export function divisionText({ path }: Division): string {
  return `${path.join('')} `;
}

import { readFileSync } from 'node:fs';
import { type Figure, limitFigure, plainFigure } from './figure.ts';

/** Memory of a process along the way of its work, from the first tenth on: what is warm by then is what it takes. */
export interface MemoryAlong {
  /** Look now; `share` of the work is done (0..1). */
  look(share: number): void;
  figures(name: string, mostGrowthMb: number): Figure[];
}

const shares = [0.1, 0.5, 1];

export function memoryAlong(pid: number): MemoryAlong {
  const at: number[] = [];
  let most = 0;
  let looks = 0;
  return {
    look(share) {
      const next = shares[at.length];
      if (share < (shares[0] ?? 0)) return;
      const used = residentMb(pid);
      most = Math.max(most, used);
      looks += 1;
      if (next !== undefined && share >= next) at.push(used);
    },
    figures(name, mostGrowthMb) {
      const first = at[0] ?? Number.NaN;
      return [
        ...at.map((used, n) =>
          plainFigure(`${name} memory at ${100 * (shares[n] ?? 1)} %`, 'MB', used, 1),
        ),
        limitFigure(`${name} memory growth`, 'MB', most - first, mostGrowthMb, looks),
      ];
    },
  };
}

/** Memory of a process as Linux tells it. */
function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024;
}

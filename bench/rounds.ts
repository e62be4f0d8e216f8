import { type Figure, medianOfRounds, ratioFigure } from './figure.ts';

/** What a turn took of ours and of the baseline, ms; several values where a turn measures several times. */
export interface Turn {
  ours: number[];
  plain: number[];
}

export interface RoundsOptions {
  name: string;
  /** Ratio that is to be kept, of p50 and of p99. */
  most: number;
  rounds: number;
  perRound: number;
  warmUp: number;
}

/** Turns of ours and of the baseline by turns, in rounds; p50 and p99, each the median over the rounds. */
export async function measureRounds(
  options: RoundsOptions,
  turn: () => Promise<Turn>,
): Promise<Figure[]> {
  const { name, most, rounds, perRound, warmUp } = options;
  const measure = async (turns: number): Promise<Turn> => {
    const all: Turn = { ours: [], plain: [] };
    for (let at = 0; at < turns; at += 1) {
      const one = await turn();
      all.ours.push(...one.ours);
      all.plain.push(...one.plain);
    }
    return all;
  };
  await measure(warmUp);
  const measured: Turn[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await measure(perRound));
  const n = measured.reduce((sum, { ours }) => sum + ours.length, 0);
  return [0.5, 0.99].map((p) => {
    const of = (who: keyof Turn) =>
      medianOfRounds(
        measured.map((times) => times[who]),
        p,
      );
    return ratioFigure(`${name} p${p * 100}`, 'ms', of('ours'), of('plain'), most, n);
  });
}

/** What it took, ms. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await act();
  return performance.now() - from;
}

interface Sample {
  offsetMs: number;
  roundTripMs: number;
}

const keptSamples = 8;
const longestRoundTripMs = 5000;
/** Two clocks that run apart, and are read in whole milliseconds, differ by no more while the samples are kept. */
const driftMs = 250;

/**
 * Offset of the server's clock to the desk's from request times (Cristian's algorithm): the server
 * is taken to have read its clock half-way, and of the last answers the fastest is believed. An answer that cannot
 * be true beside the ones before it says that one of the clocks was set: then those count no more.
 */
export function createClockOffset() {
  let samples: Sample[] = [];
  return {
    /** Times in ms UTC. Returns the offset to use, ms (server minus desk); null while nothing is known. */
    answered(sentAt: number, receivedAt: number, serverTime: number): number | null {
      const roundTripMs = receivedAt - sentAt;
      if (roundTripMs >= 0 && roundTripMs <= longestRoundTripMs) {
        const sample = { offsetMs: serverTime - (sentAt + receivedAt) / 2, roundTripMs };
        samples = [...samples.filter((other) => agree(sample, other)), sample].slice(-keptSamples);
      }
      const best = samples.toSorted((a, b) => a.roundTripMs - b.roundTripMs)[0];
      return best ? Math.round(best.offsetMs) : null;
    },
  };
}

/** Each is wrong by half its round trip at most. */
function agree(one: Sample, other: Sample): boolean {
  const apart = Math.abs(one.offsetMs - other.offsetMs);
  return apart <= (one.roundTripMs + other.roundTripMs) / 2 + driftMs;
}

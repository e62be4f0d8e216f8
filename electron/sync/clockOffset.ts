interface Sample {
  offsetMs: number;
  roundTripMs: number;
}

const keptSamples = 8;
const longestRoundTripMs = 5000;

/**
 * Offset of the server's clock to the desk's from request times (Cristian's algorithm): the server
 * is taken to have read its clock half-way, and of the last answers the fastest is believed.
 */
export function createClockOffset() {
  const samples: Sample[] = [];
  return {
    /** Times in ms UTC. Returns the offset to use, ms (server minus desk); null while nothing is known. */
    answered(sentAt: number, receivedAt: number, serverTime: number): number | null {
      const roundTripMs = receivedAt - sentAt;
      if (roundTripMs >= 0 && roundTripMs <= longestRoundTripMs) {
        samples.push({ offsetMs: serverTime - (sentAt + receivedAt) / 2, roundTripMs });
        if (samples.length > keptSamples) samples.shift();
      }
      const best = samples.toSorted((a, b) => a.roundTripMs - b.roundTripMs)[0];
      return best ? Math.round(best.offsetMs) : null;
    },
  };
}

const firstMs = 1_000;
/** A PBX that is back is tried within 5 s, handshake included. */
const mostMs = 4_000;

/**
 * Wait before try number `attempt` (1 is the first repetition), ms: doubling from 1 s to `longestMs` (4 s), with
 * jitter between a half and the whole, so that a centre full of desks does not come back in one wave.
 * `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number, longestMs = mostMs): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(attempt - 1, 10));
  return Math.round(whole / 2 + (whole / 2) * random);
}

/** Refresh of a registration that lives `expiresS` seconds, ms: near the middle, never later than 30 s before its end. */
export function refreshMs(expiresS: number, random: number): number {
  const wholeMs = expiresS * 1_000;
  const middle = wholeMs * (0.45 + 0.1 * random);
  return Math.round(Math.max(1_000, Math.min(middle, Math.max(wholeMs - 30_000, wholeMs / 2))));
}

/** Between two looks whether the registrar still has this desk, ms: about half a minute, never all desks at once. */
export function checkMs(random: number): number {
  return Math.round(25_000 + 10_000 * random);
}

/**
 * Wait after a 491 to a re-INVITE, ms (RFC 3261 §14.1): 2.1 to 4 s for the side that made the Call-ID,
 * 0 to 2 s for the other, in steps of 10 ms.
 */
export function glareMs(ownsCallId: boolean, random: number): number {
  const [from, to] = ownsCallId ? [2_100, 4_000] : [0, 2_000];
  return from + Math.floor(((to - from) * random) / 10) * 10;
}

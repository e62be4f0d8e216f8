/** Host candidates come in one burst; after this much silence the burst is over, ms. */
const quietMs = 15;
/** Without any candidate there is nothing to offer: then the wait goes on this long, ms. */
const mostMs = 2_000;

/**
 * Waits for the host candidates: until they are complete, or no further one came for a moment, or `capMs` have
 * passed; but for one at least. Completeness would also wait for interfaces that lead nowhere, some 120 ms.
 */
export function gathered(peer: RTCPeerConnection, capMs: number): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    let capped = false;
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const hasOne = (): boolean => peer.localDescription?.sdp.includes('a=candidate:') === true;
    const done = (): void => {
      for (const timer of [cap, end, quiet]) clearTimeout(timer);
      peer.removeEventListener('icegatheringstatechange', look);
      peer.removeEventListener('icecandidate', another);
      resolve();
    };
    const look = (): void => {
      if (peer.iceGatheringState === 'complete' || (capped && hasOne())) done();
    };
    const another = (): void => {
      look();
      clearTimeout(quiet);
      quiet = setTimeout(() => {
        if (hasOne()) done();
      }, quietMs);
    };
    const cap = setTimeout(() => {
      capped = true;
      look();
    }, capMs);
    const end = setTimeout(done, mostMs);
    peer.addEventListener('icegatheringstatechange', look);
    peer.addEventListener('icecandidate', another);
    if (hasOne()) another();
  });
}

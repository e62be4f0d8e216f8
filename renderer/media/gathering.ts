/** Without any candidate there is nothing to offer: then the wait goes on this long, ms. */
const mostMs = 2_000;

/**
 * Waits until the candidates are complete, or `capMs` have passed and there is at least one. On a desk the host
 * candidates are what counts, and they come at once; completeness waits for interfaces that lead nowhere.
 */
export function gathered(peer: RTCPeerConnection, capMs: number): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    let capped = false;
    const done = (): void => {
      clearTimeout(cap);
      clearTimeout(end);
      peer.removeEventListener('icegatheringstatechange', look);
      peer.removeEventListener('icecandidate', look);
      resolve();
    };
    const look = (): void => {
      const hasOne = peer.localDescription?.sdp.includes('a=candidate:') === true;
      if (peer.iceGatheringState === 'complete' || (capped && hasOne)) done();
    };
    const cap = setTimeout(() => {
      capped = true;
      look();
    }, capMs);
    const end = setTimeout(done, mostMs);
    peer.addEventListener('icegatheringstatechange', look);
    peer.addEventListener('icecandidate', look);
  });
}

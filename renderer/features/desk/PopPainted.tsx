import { useEffect } from 'react';

/**
 * Tells that what belongs to a call stands on the screen: two frames after it was put there the
 * document gets `switchboard:pop-painted` with `{ callId }`, and the page's timeline a mark.
 */
export function PopPainted({ callId }: { callId: string }) {
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        performance.mark(`pop-painted:${callId}`);
        document.dispatchEvent(new CustomEvent('switchboard:pop-painted', { detail: { callId } }));
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [callId]);
  return null;
}

import { readFileSync } from 'node:fs';

/** What Asterisk says of one answered call of a queue, with all its headers (resources/pbx/asterisk). */
const recorded = readFileSync(new URL('./amiCall.txt', import.meta.url), 'utf8')
  .split('\n\n')
  .filter((block) => block !== '')
  .map((block) => `${block.replaceAll('\n', '\r\n')}\r\n\r\n`);

export const eventsPerCall = recorded.length;
/** What is told of such a call: entered, offered, answered, left. */
export const happeningsPerCall = 4;
/** Calls that go on at the same time. */
export const openCalls = 500;

/** Events of `calls` calls, of which 500 go on at any moment: each block one event of another call. */
export function* amiStream(calls: number): Generator<string> {
  for (let first = 0; first < calls; first += openCalls) {
    const here = Math.min(openCalls, calls - first);
    for (const block of recorded) {
      for (let at = 0; at < here; at += 1) yield ofCall(block, first + at);
    }
  }
}

/** The recorded block with names of this call's own. */
function ofCall(block: string, call: number): string {
  const id = (call + 1).toString(16).padStart(8, '0');
  const extension = String(2_000 + (call % openCalls));
  return block
    .replaceAll(/1795364491\.([12])/gu, `1795364491.${call}0$1`)
    .replaceAll('trunk-00000000', `trunk-${id}`)
    .replaceAll('2041-00000001', `${extension}-${id}`)
    .replaceAll('PJSIP/2041', `PJSIP/${extension}`)
    .replaceAll('422634c5f1e2', id.padStart(12, '0'));
}

/** The event after which nothing comes; its caller is the time at which it was written, µs. */
export function lastEvent(nowMs: number): string {
  const time = Math.round(nowMs * 1_000);
  const names = ['Event: QueueCallerJoin', 'Queue: over', `Uniqueid: 1.${time}`];
  return `${[...names, `CallerIDNum: ${time}`].join('\r\n')}\r\n\r\n`;
}

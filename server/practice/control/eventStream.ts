import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { PracticeState } from '../practiceState.ts';
import type { EventLog } from './eventLog.ts';

const aliveMs = 15_000;
/** A reader who does not read is cut off; it comes back and gets a state. */
const mostBehindBytes = 4_000_000;

/** `GET /control/events`: server-sent events, a state or what was missed first, then what happens. */
export function streamEvents(
  of: { log: EventLog; state: () => PracticeState; clock: Clock },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { log, clock } = of;
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  });
  const write = (name: string, sequence: number, payload: unknown) => {
    if (response.writableLength > mostBehindBytes) {
      response.destroy();
      return;
    }
    response.write(
      `event: ${name}\nid: ${log.idOf(sequence)}\ndata: ${JSON.stringify(payload)}\n\n`,
    );
  };
  const last = request.headers['last-event-id'];
  const missed = typeof last === 'string' ? log.after(last) : undefined;
  if (missed) for (const { name, sequence, payload } of missed) write(name, sequence, payload);
  else write('state', log.sequence, of.state());
  const stop = log.listen(({ name, sequence, payload }) => write(name, sequence, payload));
  let cancel = () => {};
  const live = () => {
    response.write(': alive\n\n');
    cancel = clock.after(aliveMs, live);
  };
  cancel = clock.after(aliveMs, live);
  response.on('close', () => {
    stop();
    cancel();
  });
}

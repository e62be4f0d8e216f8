interface Told {
  name: string;
  /** Names run and number, as `run-number`. */
  id: string;
  data: string;
}

/** As many as the practice PBX remembers (server/practice/control/eventLog.ts). */
const mostKept = 1_000;
const patienceMs = 10_000;

/** What happened at a practice PBX so far, oldest first, as `name {…}`. */
export async function historyOf(controlUrl: string, token: string): Promise<string[]> {
  const signal = AbortSignal.timeout(patienceMs);
  for await (const { id: newest } of told(controlUrl, token, signal)) {
    const [run, count] = newest.split('-');
    const before = `${run}-${Math.max(0, Number(count) - mostKept)}`;
    return Number(count) === 0 ? [] : readTo(newest, told(controlUrl, token, signal, before));
  }
  return [];
}

async function readTo(newest: string, events: AsyncIterable<Told>): Promise<string[]> {
  const history: string[] = [];
  for await (const { name, id, data } of events) {
    history.push(`${name} ${data}`);
    if (id === newest) break;
  }
  return history;
}

/** The stream of events; it ends when nobody reads on. */
async function* told(
  controlUrl: string,
  token: string,
  signal: AbortSignal,
  lastId = '',
): AsyncGenerator<Told> {
  const { body } = await fetch(`${controlUrl}/events`, {
    headers: { authorization: `Bearer ${token}`, 'last-event-id': lastId },
    signal,
  });
  let text = '';
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) if (!block.startsWith(':')) yield read(block);
  }
}

function read(block: string): Told {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
  return { name: field('event'), id: field('id'), data: field('data') };
}

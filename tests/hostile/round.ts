import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pick, seededRandom } from '#server/practice/random.ts';
import type { HostileDesk } from './hostileDesk.ts';
import { mutations } from './mutations.ts';
import { type Dialog, nameOf, numberOf, Templates } from './templates.ts';

const batchSize = 100;
const remembered = 50;

export interface Round {
  /** Messages after which the heap is measured first: by then everything has been loaded and compiled. */
  warmUp: number;
  seed: number;
  count: number;
}

export interface RoundResult {
  sent: number;
  /** Calls that rang. */
  offers: number;
  /** Calls that rang though their INVITE was malformed. */
  wrongOffers: string[];
  /** Final answers by status. */
  answers: Record<string, number>;
  /** Heap in use after a collection, bytes. */
  heapBefore: number;
  heapAfter: number;
}

/**
 * Sends mutated messages, a hundred at a time around one call that is up, and after each hundred lets the desk prove
 * that it lives: an OPTIONS is answered, the call can be ended, no leg is left. Rejects where it does not.
 */
export async function playRound(desk: HostileDesk, round: Round): Promise<RoundResult> {
  const random = seededRandom(round.seed);
  const result: RoundResult = {
    sent: 0,
    offers: 0,
    wrongOffers: [],
    answers: {},
    heapBefore: 0,
    heapAfter: 0,
  };
  const broken = new Map<number, string>();
  const old: Buffer[] = [];
  const stop = desk.listen(({ status, method }) => {
    if (status === null || status < 200) return;
    const key = `${status} ${method}`.slice(0, 30);
    if (key in result.answers || Object.keys(result.answers).length < 200) {
      result.answers[key] = (result.answers[key] ?? 0) + 1;
    }
  });
  // Turned away at once most often, so that the next one can ring as well.
  const stopTurningAway = desk.phone.phone.listen((event) => {
    if (event.type !== 'offered' || numberOf(event.leg.callRef) === own || random() < 0.2) return;
    void desk.phone.phone.reject(event.leg.leg, random() < 0.5 ? 'busy' : 'decline');
  });
  let own: number | null = null;
  for (let number = 1; result.sent < round.count; number += batchSize + 1) {
    if (result.sent >= round.warmUp && result.heapBefore === 0) result.heapBefore = heapInUse();
    const templates = new Templates(desk.contact, random);
    desk.forget();
    own = number;
    // Every other hundred comes while no call is up: then more of them can ring.
    const dialog =
      (number / (batchSize + 1)) % 2 < 1 ? await answered(desk, templates, number) : null;
    for (let at = 1; at <= batchSize; at += 1) {
      const bytes = next(templates, number + at, dialog);
      desk.send(bytes);
      result.sent += 1;
    }
    await desk.isAlive();
    for (const event of desk.phone.events) {
      if (event.type !== 'offered') continue;
      result.offers += 1;
      const why = broken.get(numberOf(event.leg.callRef) ?? -1);
      if (why) result.wrongOffers.push(`${event.leg.callRef}: ${why}`);
    }
    await endAll(desk, templates, dialog);
    broken.clear();
  }
  stop();
  stopTurningAway();
  result.heapAfter = heapInUse();
  return result;

  function next(templates: Templates, number: number, dialog: Dialog | null): Buffer {
    const replayed = random() < 0.05 ? pick(random, old) : undefined;
    if (replayed) return replayed;
    const request = templates.any(number, dialog);
    const mutation = pick(random, mutations);
    const bytes = mutation?.apply(request.bytes, random) ?? request.bytes;
    if (request.method === 'INVITE' && mutation?.isBroken) broken.set(number, mutation.name);
    if (bytes.length < 10_000) old[Math.floor(random() * remembered)] = bytes;
    return bytes;
  }
}

/** A call that rings and is taken, well-formed all the way. */
async function answered(desk: HostileDesk, templates: Templates, number: number): Promise<Dialog> {
  const callId = nameOf(number);
  const offered = desk.phone.offered();
  desk.send(templates.invite(number).bytes);
  const { leg } = await offered;
  const ok = desk.next(({ status, header }) => status === 200 && header('Call-ID') === callId);
  const taken = await desk.phone.phone.answer(leg);
  if (!taken.ok) throw new Error(`the call could not be taken: ${taken.error.code}`);
  const deskTag = /;tag=([^;]+)/u.exec((await ok).header('To'))?.[1] ?? '';
  const dialog = { callId, ownTag: `f${number}`, deskTag };
  desk.send(templates.ack(dialog).bytes);
  return dialog;
}

async function endAll(
  desk: HostileDesk,
  templates: Templates,
  dialog: Dialog | null,
): Promise<void> {
  if (dialog)
    desk.send(templates.within(dialog, 'BYE', 2_000_000_000, `last-${dialog.callId}`).bytes);
  await desk.isAlive();
  for (const { leg, state } of desk.phone.phone.legs()) {
    if (state === 'ringing') await desk.phone.phone.reject(leg, 'decline');
    else await desk.phone.phone.hangUp(leg);
  }
  await desk.isAlive();
  const left = desk.phone.phone.legs();
  if (left.length > 0) throw new Error(`legs left: ${JSON.stringify(left)}`);
  const { state } = desk.phone.phone.status();
  if (state !== 'registered') throw new Error(`the phone is ${state}`);
}

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

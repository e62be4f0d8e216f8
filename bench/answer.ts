import { fileURLToPath } from 'node:url';
import { type PracticePbx, startPracticePbx } from '#server/practice/practicePbx.ts';
import {
  bundleMediaPage,
  launchMediaBrowser,
  MediaPageInBrowser,
} from '#tests/support/mediaPage.ts';
import { TestPhone } from '#tests/support/testPhone.ts';
import { type Bench, medianOfRounds, ratioFigure } from './figure.ts';
import { PlainPhone } from './plainPhone.ts';

const rounds = 5;
const callsPerRound = 30;
const warmUpCalls = 10;
const ours = { extension: '2041', password: 'right' };
const plain = { extension: '2042', password: 'right' };

interface Times {
  ours: number[];
  plain: number[];
}

/**
 * Accept → established: from the moment the phone is told to take the call until its SIP dialog is
 * established (the answer with its description is on the wire). Whether audio connects after that is
 * between the browser and the PBX and is in neither. Baseline: sip.js alone on the same media page.
 */
export const bench: Bench = async () => {
  const browser = await launchMediaBrowser();
  const media = await MediaPageInBrowser.open(browser, await bundleMediaPage());
  const pbx = await startPbx();
  const phone = new TestPhone(media.port);
  phone.phone.start({ ...accountOf(ours.extension), server: pbx.url });
  await phone.registered();
  await phone.phone.setAvailability({ ready: true });
  const alone = await PlainPhone.registered(pbx.url, plain.extension, plain.password, media.port);

  const measure = async (calls: number): Promise<Times> => {
    const times: Times = { ours: [], plain: [] };
    for (let call = 0; call < calls; call += 1) {
      times.ours.push(await answerOurs(pbx, phone));
      times.plain.push(await answerPlain(pbx, alone));
    }
    return times;
  };
  await measure(warmUpCalls);
  const measured: Times[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await measure(callsPerRound));

  await phone.phone.stop();
  await alone.stop();
  await pbx.close();
  await browser.close();

  return [0.5, 0.99].map((p) => {
    const of = (who: keyof Times) =>
      medianOfRounds(
        measured.map((times) => times[who]),
        p,
      );
    return ratioFigure(
      `answer p${p * 100}`,
      'ms',
      of('ours'),
      of('plain'),
      1.2,
      rounds * callsPerRound,
    );
  });
};

async function answerOurs(pbx: PracticePbx, phone: TestPhone): Promise<number> {
  phone.mark();
  const offered = phone.offered();
  const callRef = place(pbx, ours.extension);
  const { leg } = await offered;
  const established = phone.leg(({ state }) => state === 'talking');
  const from = performance.now();
  const answered = phone.phone.answer(leg);
  await established;
  const took = performance.now() - from;
  await answered;
  await hangUp(pbx, callRef);
  await phone.ended();
  return took;
}

async function answerPlain(pbx: PracticePbx, phone: PlainPhone): Promise<number> {
  const offered = phone.offered();
  const callRef = place(pbx, plain.extension);
  const invitation = await offered;
  const from = performance.now();
  await phone.answer(invitation);
  const took = performance.now() - from;
  await hangUp(pbx, callRef);
  return took;
}

function place(pbx: PracticePbx, agent: string): string {
  const callRef = pbx.placeCall({ number: '+8613800138000', queue: 'support', agent });
  if (callRef === undefined) throw new Error('the call was not placed');
  return callRef;
}

/** Resolves when the PBX is done with the call, once it knows it as answered. */
async function hangUp(pbx: PracticePbx, callRef: string): Promise<void> {
  await answeredAt(pbx, callRef);
  const ended = new Promise<void>((resolve) => {
    const listener = (event: { callRef: string }) => {
      if (event.callRef !== callRef) return;
      pbx.events.off('callEnded', listener);
      resolve();
    };
    pbx.events.on('callEnded', listener);
  });
  pbx.hangUpCaller(callRef);
  await ended;
}

function answeredAt(pbx: PracticePbx, callRef: string): Promise<void> {
  const isUp = () =>
    pbx
      .state()
      .calls.some((call) => call.callRef === callRef && call.legs.some(({ answered }) => answered));
  if (isUp()) return Promise.resolve();
  return new Promise((resolve) => {
    const listener = () => {
      if (!isUp()) return;
      pbx.events.off('callAnswered', listener);
      resolve();
    };
    pbx.events.on('callAnswered', listener);
  });
}

function startPbx(): Promise<PracticePbx> {
  return startPracticePbx({
    resourcesDir: fileURLToPath(new URL('../resources', import.meta.url)),
    loopbackMedia: true,
    accounts: [ours, plain].map((account) => ({
      ...account,
      name: account.extension,
      queues: ['support'],
    })),
    queues: [{ id: 'support', name: 'support' }],
    timing: { wrapUpMs: 0 },
  });
}

function accountOf(extension: string) {
  return {
    uri: `sip:${extension}@practice.invalid`,
    user: extension,
    password: ours.password,
  };
}

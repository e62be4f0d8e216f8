import { openAsteriskPbx } from './asteriskPbx.ts';
import type { Bench, Figure } from './figure.ts';
import { extensions, openPracticePbx, type PhonePbx } from './phonePbx.ts';
import { measureRounds, timed } from './rounds.ts';
import { openTwoPhones, type TwoPhones } from './twoPhones.ts';

/**
 * Accept → established: from the moment the phone is told to take the call until its SIP dialog is
 * established (the answer with its description is on the wire). Whether audio connects after that is
 * between the browser and the PBX and is in neither. Baseline: sip.js alone on the same media page.
 */
export const bench: Bench = async () => {
  const asterisk = await openAsteriskPbx();
  return [
    ...(await measured(await openPracticePbx(), 30)),
    ...(asterisk ? await measured(asterisk, 30) : []),
  ];
};

async function measured(pbx: PhonePbx, perRound: number): Promise<Figure[]> {
  const phones = await openTwoPhones(pbx);
  const options = { name: `answer on ${pbx.name}`, most: 1.2, rounds: 5, perRound, warmUp: 10 };
  const figures = await measureRounds(options, async () => ({
    ours: [await answerOurs(pbx, phones)],
    plain: [await answerPlain(pbx, phones)],
  }));
  await phones.close();
  await pbx.close();
  return figures;
}

async function answerOurs(pbx: PhonePbx, { phone }: TwoPhones): Promise<number> {
  phone.mark();
  const offered = phone.offered();
  const end = pbx.ring(extensions.ours);
  const { leg } = await offered;
  const established = phone.leg(({ state }) => state === 'talking');
  const answered: Promise<unknown>[] = [];
  const took = await timed(() => {
    answered.push(phone.phone.answer(leg));
    return established;
  });
  await Promise.all(answered);
  const ended = phone.ended();
  await end();
  await ended;
  return took;
}

async function answerPlain(pbx: PhonePbx, { alone }: TwoPhones): Promise<number> {
  const offered = alone.offered();
  const end = pbx.ring(extensions.plain);
  const invitation = await offered;
  const took = await timed(() => alone.answer(invitation));
  // As for ours: what is left of this call must not run into the next.
  const ended = alone.ended(invitation);
  await end();
  await ended;
  return took;
}

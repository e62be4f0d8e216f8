import { openAsteriskPbx } from './asteriskPbx.ts';
import type { Bench, Figure } from './figure.ts';
import { extensions, openPracticePbx, type PhonePbx } from './phonePbx.ts';
import { measureRounds, timed } from './rounds.ts';
import { openTwoPhones } from './twoPhones.ts';

/**
 * Hold, and resume, of a call that is up: until the PBX took the re-INVITE and its description is set. Baseline:
 * sip.js alone on the same media page, by turns, each in one long call.
 */
export const bench: Bench = async () => {
  const asterisk = await openAsteriskPbx();
  return [
    ...(await measured(await openPracticePbx())),
    ...(asterisk ? await measured(asterisk) : []),
  ];
};

async function measured(pbx: PhonePbx): Promise<Figure[]> {
  const { phone, alone, close } = await openTwoPhones(pbx);
  const offered = phone.offered();
  pbx.ring(extensions.ours);
  const { leg } = await offered;
  await phone.phone.answer(leg);
  await phone.leg(({ media }) => media === 'connected');
  const invited = alone.offered();
  pbx.ring(extensions.plain);
  const invitation = await invited;
  await alone.answer(invitation);
  const ours = async (on: boolean): Promise<void> => {
    const held = await phone.phone.hold(leg, on);
    if (!held.ok) throw new Error(`hold: ${held.error.code} ${held.error.message}`);
  };
  const options = { name: `hold on ${pbx.name}`, most: 1.2, rounds: 5, perRound: 20, warmUp: 5 };
  const figures = await measureRounds(options, async () => {
    const times = { ours: [] as number[], plain: [] as number[] };
    for (const on of [true, false]) {
      times.ours.push(await timed(() => ours(on)));
      times.plain.push(await timed(() => alone.hold(invitation, on)));
    }
    return times;
  });
  await close();
  await pbx.close();
  return figures;
}

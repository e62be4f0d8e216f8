import { ScriptedMedia } from '#tests/support/scriptedMedia.ts';
import { TestPhone } from '#tests/support/testPhone.ts';
import { openAsteriskPbx } from './asteriskPbx.ts';
import type { Bench, Figure } from './figure.ts';
import { extensions, openPracticePbx, type PhonePbx } from './phonePbx.ts';
import { PlainPhone } from './plainPhone.ts';
import { measureRounds, timed } from './rounds.ts';

/**
 * From nothing to registered: socket, REGISTER, challenge, REGISTER with the answer. Baseline: sip.js alone
 * (UserAgent and Registerer) at the same PBX.
 */
export const bench: Bench = async () => {
  const asterisk = await openAsteriskPbx();
  return [
    ...(await measured(await openPracticePbx())),
    ...(asterisk ? await measured(asterisk) : []),
  ];
};

async function measured(pbx: PhonePbx): Promise<Figure[]> {
  const options = {
    name: `register on ${pbx.name}`,
    most: 1.2,
    rounds: 5,
    perRound: 30,
    warmUp: 10,
  };
  const figures = await measureRounds(options, async () => ({
    ours: [await registerOurs(pbx)],
    plain: [await registerPlain(pbx)],
  }));
  await pbx.close();
  return figures;
}

async function registerOurs(pbx: PhonePbx): Promise<number> {
  const phone = new TestPhone(new ScriptedMedia());
  const took = await timed(() => {
    phone.phone.start(pbx.account(extensions.ours));
    return phone.registered();
  });
  await phone.phone.stop();
  return took;
}

async function registerPlain(pbx: PhonePbx): Promise<number> {
  const made: PlainPhone[] = [];
  const took = await timed(async () => {
    made.push(await PlainPhone.registered(pbx.account(extensions.plain), null));
  });
  await Promise.all(made.map((phone) => phone.stop()));
  return took;
}

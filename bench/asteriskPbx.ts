import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Asterisk } from '#tests/pbx/support/asterisk.ts';
import { ensureAsterisk } from '../scripts/asteriskRoot.ts';
import type { PhonePbx } from './phonePbx.ts';

const folder = fileURLToPath(new URL('../out/pbx', import.meta.url));

/** The Asterisk that `npm run test:pbx` made; null, with the reason told, where there is none. */
export async function openAsterisk(): Promise<Asterisk | null> {
  if (!existsSync(join(folder, 'sid/usr/sbin/asterisk'))) {
    console.log('  skipped on Asterisk: there is none yet; npm run test:pbx makes it');
    return null;
  }
  const made = ensureAsterisk(folder);
  if ('reason' in made) {
    console.log(`  skipped on Asterisk: ${made.reason}`);
    return null;
  }
  process.env.SWITCHBOARD_PBX_ROOT = made.root;
  return Asterisk.start();
}

export async function openAsteriskPbx(): Promise<PhonePbx | null> {
  const asterisk = await openAsterisk();
  return asterisk && phonePbxOn(asterisk);
}

/** Calls come from the PBX's own echo, without queue: what a queue does before it rings is not measured. */
export function phonePbxOn(asterisk: Asterisk): PhonePbx {
  return {
    name: 'Asterisk',
    hasQueues: false,
    account: (extension) => ({
      uri: `sip:${extension}@pbx.invalid`,
      server: `wss://127.0.0.1:${asterisk.ports.wss}/ws`,
      user: extension,
      password: asterisk.password,
    }),
    ring: (extension) => {
      const placed = asterisk.cli(`channel originate PJSIP/${extension} application Echo`);
      return async () => {
        await placed;
        await asterisk.cli('channel request hangup all');
      };
    },
    close: () => asterisk.stop(),
  };
}

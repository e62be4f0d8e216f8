import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MediaCommandName, MediaInput } from '#shared/contract/media.ts';
import { agentHz, installFarSides } from '#tests/support/farSides.ts';
import {
  bundleMediaPage,
  launchMediaBrowser,
  MediaPageInBrowser,
} from '#tests/support/mediaPage.ts';

/** What each far side says. */
const toneOf = { a: 1_000, b: 1_500, c: 2_100 } as const;
type Session = keyof typeof toneOf;

let browser: Browser;
let script: string;
let media: MediaPageInBrowser;

beforeAll(async () => {
  script = await bundleMediaPage();
  browser = await launchMediaBrowser();
});

afterAll(() => browser?.close());

beforeEach(async () => {
  media = await MediaPageInBrowser.open(browser, script);
  await installFarSides(media.page);
  await media.reload();
});

afterEach(() => media.close());

async function run<C extends MediaCommandName>(command: C, input: MediaInput<C>): Promise<void> {
  expect(await media.port.run(command, input)).toMatchObject({ ok: true });
}

async function call(...sessions: Session[]): Promise<void> {
  for (const session of sessions) {
    await media.page.evaluate(({ name, hz }) => window.farSides.call(name, hz), {
      name: session,
      hz: toneOf[session],
    });
  }
}

/** The far side hears these voices, and of all others none. */
async function hears(session: Session, ...voices: (Session | 'agent')[]): Promise<void> {
  const all = { ...toneOf, agent: agentHz };
  await vi.waitFor(async () => {
    const heard = await media.page.evaluate(
      ({ name, tones }) =>
        Object.entries(tones)
          .filter(([, hz]) => window.farSides.hears(name, hz))
          .map(([voice]) => voice),
      { name: session, tones: all },
    );
    expect(heard.sort()).toEqual([...voices].sort());
  }, 30_000);
}

describe('a conference', () => {
  it('lets every far side hear the agent and all others, but not itself; the end restores the calls', async () => {
    await call('a', 'b', 'c');
    await hears('a', 'agent');
    await run('mix', { sessions: ['a', 'b'] });
    await hears('a', 'agent', 'b');
    await hears('b', 'agent', 'a');
    await hears('c', 'agent');
    await run('mix', { sessions: ['a', 'b', 'c'] });
    await hears('a', 'agent', 'b', 'c');
    await hears('c', 'agent', 'a', 'b');
    await run('mix', { sessions: [] });
    await hears('a', 'agent');
    await hears('b', 'agent');
    await hears('c', 'agent');
  });

  it('mutes the agent alone', async () => {
    await call('a', 'b');
    await run('mute', { session: 'a', on: true });
    await run('mix', { sessions: ['a', 'b'] });
    await hears('a', 'b');
    await hears('b', 'agent', 'a');
    await run('mute', { session: 'b', on: true });
    await hears('b', 'a');
    await run('mute', { session: 'a', on: false });
    await hears('a', 'agent', 'b');
    await run('mix', { sessions: [] });
    await hears('a', 'agent');
    await hears('b');
  });

  it('goes on with the session that takes the place of another', async () => {
    await call('a', 'b');
    await run('mix', { sessions: ['a', 'b'] });
    await hears('b', 'agent', 'a');
    await call('c');
    await run('mix', { sessions: ['b', 'c'] });
    await run('close', { session: 'a' });
    await hears('b', 'agent', 'c');
    await hears('c', 'agent', 'b');
  });

  it('takes a session in as soon as it has audio', async () => {
    await call('a');
    await run('mix', { sessions: ['a', 'b'] });
    await hears('a', 'agent');
    await call('b');
    await hears('a', 'agent', 'b');
    await hears('b', 'agent', 'a');
  });

  it('ends with its second last session', async () => {
    await call('a', 'b');
    await run('mix', { sessions: ['a', 'b'] });
    await hears('a', 'agent', 'b');
    await run('close', { session: 'b' });
    await hears('a', 'agent');
  });

  it('neither reaches nor hears a far side on hold', async () => {
    await call('a', 'b');
    await run('mix', { sessions: ['a', 'b'] });
    await hears('a', 'agent', 'b');
    await media.page.evaluate(() => window.farSides.renegotiate('a', true));
    await hears('a');
    await hears('b', 'agent');
    await media.page.evaluate(() => window.farSides.renegotiate('a', false));
    await hears('a', 'agent', 'b');
    await hears('b', 'agent', 'a');
  });
});

describe('the meter', () => {
  it('tells both directions while it is on', async () => {
    await call('a');
    const both = new Promise<void>((resolve) => {
      const stop = media.port.listen((event) => {
        if (event.type !== 'level' || event.input < 0.5 || event.output < 0.5) return;
        stop();
        resolve();
      });
    });
    await run('meter', { on: true });
    await both;
    await run('meter', { on: false });
  });
});

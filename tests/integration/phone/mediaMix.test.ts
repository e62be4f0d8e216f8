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

  it('leaves no microphone open behind it', async () => {
    await media.page.evaluate(() => {
      const clones: MediaStreamTrack[] = [];
      const { clone } = MediaStreamTrack.prototype;
      MediaStreamTrack.prototype.clone = function () {
        const made = clone.call(this);
        clones.push(made);
        return made;
      };
      Object.assign(window, { clones });
    });
    await call('a', 'b');
    await run('mix', { sessions: ['a', 'b'] });
    await hears('b', 'agent', 'a');
    await run('close', { session: 'a' });
    await hears('b', 'agent');
    await run('close', { session: 'b' });
    await vi.waitFor(async () => {
      const states = await media.page.evaluate(() =>
        (window as unknown as { clones: MediaStreamTrack[] }).clones.map((one) => one.readyState),
      );
      expect(states.length).toBeGreaterThan(2);
      expect(states).not.toContain('live');
    }, 30_000);
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

  it('turned off before the microphone was allowed stays off', async () => {
    await media.page.evaluate(() => {
      const allowed = Promise.withResolvers<void>();
      const { mediaDevices } = navigator;
      const open = mediaDevices.getUserMedia;
      mediaDevices.getUserMedia = (wish) => allowed.promise.then(() => open(wish));
      const running = new Set<number>();
      const { setInterval: begin, clearInterval: end } = window;
      const watched = {
        setInterval: (look: () => void, ms: number) => {
          const timer = begin(look, ms);
          running.add(timer);
          return timer;
        },
        clearInterval: (timer: number) => {
          running.delete(timer);
          end(timer);
        },
      };
      Object.assign(window, watched, { running, allow: allowed.resolve });
    });
    const turnedOn = run('meter', { on: true });
    await run('meter', { on: false });
    await media.page.evaluate(() => (window as unknown as { allow(): void }).allow());
    await turnedOn;
    const running = await media.page.evaluate(
      () => (window as unknown as { running: Set<number> }).running.size,
    );
    expect(running).toBe(0);
  });
});

import { afterEach, beforeEach } from 'vitest';
import type { CallCentre } from './callCentre.ts';
import { type DeskWindow, pictureOf } from './deskWindow.ts';

/** What a test file knows at the moment of a failure; parts may not be there yet. */
export interface Scene {
  centre?: CallCentre | undefined;
  windows: readonly (DeskWindow | undefined)[];
}

const mostCharacters = 3_000;
const mostEvents = 60;

/** After each failed try: pictures in `out/test/`, and in words what PBX, programs and windows know. */
export function tellFailures(name: string, scene: () => Scene): void {
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    const { centre, windows } = scene();
    const tried = `${name}-${task.id}-try${(task.result.retryCount ?? 0) + 1}`;
    const story = [
      `${tried}: ${task.name}`,
      ...(await pbxStory(centre)),
      ...programStory(centre),
      ...(await Promise.all(windows.map((window, at) => windowStory(window, `${tried}-${at}`)))),
    ];
    process.stderr.write(`\n${story.join('\n')}\n`);
  });
}

/** For tests that build on one another: what comes behind a failed one would only wait for what cannot come. */
export function inSteps(): void {
  let failed: string | null = null;
  beforeEach(({ skip }) => {
    if (failed !== null) skip(`the step before it failed: ${failed}`);
  });
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') failed = task.name;
  });
}

async function pbxStory(centre: CallCentre | undefined): Promise<string[]> {
  if (!centre) return ['no call centre was started'];
  try {
    const { agents, calls, queues } = await centre.callers.state();
    const registered = agents.filter((agent) => agent.registered || agent.callRefs.length > 0);
    const waiting = queues.filter((queue) => queue.waiting > 0);
    const events = await centre.callers.history();
    return [
      ...registered.map((agent) => `agent ${JSON.stringify(agent)}`),
      ...calls.map((call) => `call ${JSON.stringify(call)}`),
      ...waiting.map(({ id, waiting: count }) => `queue ${id}: ${count} waiting`),
      ...events.slice(-mostEvents).map((event) => `event ${event}`),
    ];
  } catch (error) {
    return [`the practice PBX does not tell: ${String(error)}`];
  }
}

function programStory(centre: CallCentre | undefined): string[] {
  return [...(centre?.lastWords() ?? [])].map(([name, words]) =>
    words === '' ? `${name} said nothing` : `${name} said:\n${words.slice(-mostCharacters)}`,
  );
}

/** The states that the window shows (agent, phone, sync, call bar …), its text and its errors. */
async function windowStory(window: DeskWindow | undefined, picture: string): Promise<string> {
  if (!window) return 'no window was open';
  const errors = window.errors.map((error) => `  error: ${error}`);
  try {
    await pictureOf(window, picture);
    const states = await window.page
      .locator('[data-testid][data-state]')
      .evaluateAll((parts) =>
        parts.map(
          (part) => `${part.getAttribute('data-testid')}=${part.getAttribute('data-state')}`,
        ),
      );
    const text = await window.page.locator('body').innerText({ timeout: 5_000 });
    return [
      `window ${picture}: ${[...new Set(states)].join(' ')}`,
      ...errors,
      text.replace(/\n+/g, ' | ').slice(0, mostCharacters),
    ].join('\n');
  } catch (error) {
    return [`window ${picture} does not tell: ${String(error)}`, ...errors].join('\n');
  }
}

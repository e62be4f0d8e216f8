import { fileURLToPath } from 'node:url';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import type { MediaPort } from '#electron/core/providers.ts';
import type {
  MediaCommandName,
  MediaEvent,
  MediaInput,
  MediaOutput,
} from '#shared/contract/media.ts';
import { fail, type Result } from '#shared/result.ts';
import { chromiumFlags, findChromium } from './chromium.ts';

const origin = 'https://desk.invalid';

/** The browser that carries media pages; one for all tests of a file. */
export async function launchMediaBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('no Chromium found; name it in SWITCHBOARD_CHROMIUM');
  return chromium.launch({ executablePath, headless: true, args: [...chromiumFlags] });
}

let bundled: Promise<string> | null = null;

/** The media page as one script, bundled from its sources; once for all test files of a worker. */
export function bundleMediaPage(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('./mediaPageEntry.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ['iife'], name: 'mediaPage' },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (!first || !('output' in first)) throw new Error('the media page was not built');
  return first.output[0].code;
}

/** The media page in a real browser, with a MediaPort to it as a shell gives one. */
export class MediaPageInBrowser {
  readonly page: Page;
  readonly port: MediaPort;
  /** Names of the sessions described so far, in order. */
  readonly sessions: string[] = [];
  /** Commands that were run, in order. */
  readonly commands: { command: MediaCommandName; input: unknown }[] = [];
  #listeners = new Set<(event: MediaEvent) => void>();
  #cdp: CDPSession;
  #isPresent = false;

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page;
    this.#cdp = cdp;
    this.port = {
      run: (command, input) => this.#run(command, input),
      listen: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      present: () => this.#isPresent,
    };
  }

  static async open(browser: Browser, script: string): Promise<MediaPageInBrowser> {
    const context = await browser.newContext();
    context.setDefaultTimeout(90_000);
    const page = await context.newPage();
    const media = new MediaPageInBrowser(page, await browser.newBrowserCDPSession());
    await context.grantPermissions(['microphone'], { origin });
    await page.exposeFunction('reportMedia', (event: MediaEvent) => media.#report(event));
    await page.route('**/*', (route) =>
      route.request().url().endsWith('.js')
        ? route.fulfill({ contentType: 'text/javascript', body: script })
        : route.fulfill({
            contentType: 'text/html',
            body: '<!doctype html><title>media</title><script src="/media.js"></script>',
          }),
    );
    page.on('framenavigated', () => media.#gone());
    page.on('close', () => media.#gone());
    await media.#untilReady(() => page.goto(`${origin}/`));
    return media;
  }

  /** Loads the page anew, as a crash or a reload does; resolves when it reported `ready`. */
  reload(): Promise<void> {
    return this.#untilReady(() => this.page.reload());
  }

  /** The page is gone with all it held, as after its window was closed or its process ended. */
  async leave(): Promise<void> {
    await this.page.goto('about:blank');
  }

  /** The page is there again; resolves when it reported `ready`. */
  comeBack(): Promise<void> {
    return this.#untilReady(() => this.page.goto(`${origin}/`));
  }

  async setMicrophone(setting: 'granted' | 'denied'): Promise<void> {
    const contextId = await this.#contextId();
    await this.#cdp.send('Browser.setPermission', {
      permission: { name: 'microphone' },
      setting,
      origin,
      ...(contextId ? { browserContextId: contextId } : {}),
    });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  async #contextId(): Promise<string | undefined> {
    const own = await this.page.context().newCDPSession(this.page);
    const { targetInfo } = await own.send('Target.getTargetInfo');
    await own.detach();
    return targetInfo.browserContextId;
  }

  async #untilReady(act: () => Promise<unknown>): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      const stop = this.port.listen((event) => {
        if (event.type !== 'ready') return;
        stop();
        resolve();
      });
    });
    await act();
    await ready;
  }

  /** As a shell tells it (`createMediaRelay`). */
  #gone(): void {
    if (!this.#isPresent) return;
    this.#isPresent = false;
    this.#report({ type: 'gone' });
  }

  #report(event: MediaEvent): void {
    if (event.type === 'ready') this.#isPresent = true;
    for (const listener of [...this.#listeners]) listener(event);
  }

  async #run<C extends MediaCommandName>(
    command: C,
    input: MediaInput<C>,
  ): Promise<Result<MediaOutput<C>>> {
    this.commands.push({ command, input });
    if (command === 'describe' && 'session' in input && !this.sessions.includes(input.session)) {
      this.sessions.push(input.session);
    }
    try {
      return await this.page.evaluate(
        ({ name, value }) => window.runMedia(name, value),
        // The page's own types are erased at this border.
        { name: command, value: input } as never,
      );
    } catch {
      return fail('media-page-absent', 'the page went away');
    }
  }
}

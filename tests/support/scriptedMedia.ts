import type { MediaPort } from '#electron/core/providers.ts';
import type {
  MediaCommandName,
  MediaEvent,
  MediaInput,
  MediaOutput,
  MediaStats,
} from '#shared/contract/media.ts';
import { type Failure, fail, type Result } from '#shared/result.ts';

/** A media port without a page, for tests of signalling: descriptions are empty lines that nobody reads. */
export class ScriptedMedia implements MediaPort {
  readonly commands: { command: MediaCommandName; input: unknown }[] = [];
  /** The next command of this name fails so. */
  readonly failures = new Map<MediaCommandName, Failure['code']>();
  digitsInAudio = true;
  /** What the page counts at each look. */
  stats: () => MediaStats | null = () => null;
  #listeners = new Set<(event: MediaEvent) => void>();
  #described = new Set<string>();
  #heldBack = new Map<MediaCommandName, { asked: () => void; released: Promise<void> }>();

  async run<C extends MediaCommandName>(
    command: C,
    input: MediaInput<C>,
  ): Promise<Result<MediaOutput<C>>> {
    this.commands.push({ command, input });
    const held = this.#heldBack.get(command);
    this.#heldBack.delete(command);
    held?.asked();
    await held?.released;
    const failure = this.failures.get(command);
    this.failures.delete(command);
    if (failure) return fail(failure, 'scripted');
    return { ok: true, value: this.#value(command, input) as MediaOutput<C> };
  }

  /** The next command of this name waits in the page until it is released; `asked` resolves once it is there. */
  heldBack(command: MediaCommandName): { asked: Promise<void>; release: () => void } {
    const asked = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    this.#heldBack.set(command, { asked: asked.resolve, released: released.promise });
    return { asked: asked.promise, release: released.resolve };
  }

  listen(listener: (event: MediaEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  present(): boolean {
    return true;
  }

  tell(event: MediaEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  #value(command: MediaCommandName, input: object): unknown {
    if (command === 'digits') return { sent: this.digitsInAudio };
    if (command === 'stats') return this.stats();
    if (command !== 'describe') return {};
    const session = 'session' in input ? String(input.session) : '';
    const first = !this.#described.has(session);
    this.#described.add(session);
    return { type: first ? 'answer' : 'offer', sdp: 'v=0\r\n' };
  }
}

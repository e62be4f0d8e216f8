import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNewsRunner, type NewsRunner, type NewsSource } from './newsRunner.ts';

/** On the only node of its house. */
function runnerOf(source: Pick<NewsSource, 'tell'> & Partial<NewsSource>): NewsRunner {
  const runner: NewsRunner = createNewsRunner({
    hasHeldBack: async () => false,
    announce: async () => runner.heard(),
    desks: () => 0,
    ...source,
  });
  return runner;
}

describe('news', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is told at once, and what is committed soon after it together', async () => {
    const tell = vi.fn();
    const runner = runnerOf({ tell });
    for (let n = 0; n < 5; n += 1) runner.heard();
    expect(tell).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(20);
    expect(tell).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tell).toHaveBeenCalledTimes(2);
    runner.heard();
    expect(tell).toHaveBeenCalledTimes(3);
  });

  it.each([
    [0, 20],
    [5, 20],
    [100, 100],
    [500, 500],
    [5_000, 500],
  ])('leaves %i desks the time to pull: %i ms', async (desks, ms) => {
    const tell = vi.fn();
    const runner = runnerOf({ tell, desks: () => desks });
    runner.heard();
    runner.heard();
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(tell).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(tell).toHaveBeenCalledTimes(2);
  });

  it('is told again when what was held back is free, also if asking fails for a while', async () => {
    const tell = vi.fn();
    const answers = [true, new Error('no database'), true, false];
    const hasHeldBack = async () => {
      const answer = answers.shift() ?? false;
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const runner = runnerOf({ tell, hasHeldBack });
    runner.heard();
    await vi.advanceTimersByTimeAsync(20);
    expect(tell).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tell).toHaveBeenCalledTimes(2);
    expect(answers).toEqual([]);
  });

  it('is told again where a pull met what is free by the time somebody looks', async () => {
    const tell = vi.fn();
    const runner = runnerOf({ tell });
    runner.heard();
    runner.metHeldBack();
    runner.metHeldBack();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tell).toHaveBeenCalledTimes(2);
  });

  it('is told here where nobody else can be told', async () => {
    const tell = vi.fn();
    const runner = runnerOf({ tell, announce: () => Promise.reject(new Error('no database')) });
    runner.metHeldBack();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tell).toHaveBeenCalledTimes(1);
  });

  it('is silent after its end', async () => {
    const tell = vi.fn();
    const runner = runnerOf({ tell, hasHeldBack: async () => true });
    runner.heard();
    runner.heard();
    runner.close();
    runner.heard();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tell).toHaveBeenCalledTimes(1);
  });
});

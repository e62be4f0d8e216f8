import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNewsRunner } from './newsRunner.ts';

describe('news', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gathers what is committed close together', async () => {
    const tell = vi.fn();
    const runner = createNewsRunner(tell, async () => false);
    for (let n = 0; n < 5; n += 1) runner.heard();
    await vi.advanceTimersByTimeAsync(20);
    expect(tell).toHaveBeenCalledTimes(1);
    runner.heard();
    await vi.advanceTimersByTimeAsync(20);
    expect(tell).toHaveBeenCalledTimes(2);
  });

  it('is told again when what was held back is free, also if asking fails for a while', async () => {
    const tell = vi.fn();
    const answers = [true, new Error('no database'), true, false];
    const runner = createNewsRunner(tell, async () => {
      const answer = answers.shift() ?? false;
      if (answer instanceof Error) throw answer;
      return answer;
    });
    runner.heard();
    await vi.advanceTimersByTimeAsync(20);
    expect(tell).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tell).toHaveBeenCalledTimes(2);
    expect(answers).toEqual([]);
  });

  it('is silent after its end', async () => {
    const tell = vi.fn();
    const runner = createNewsRunner(tell, async () => true);
    runner.heard();
    runner.close();
    runner.heard();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(tell).not.toHaveBeenCalled();
  });
});

import type { Locator, Page } from 'playwright-core';

/** The journal as a supervisor sees it: the calls of all. */
export class JournalPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The newest row of this agent with these words and a follow-up agreed. */
  callOf(agent: string, words: string): Locator {
    return this.page
      .getByTestId('journal-row')
      .filter({ hasText: agent })
      .filter({ hasText: words })
      .filter({ hasText: 'Follow-up' })
      .first();
  }

  /** What is read of the call that is open. */
  async detailTells(words: string): Promise<void> {
    await this.page.getByTestId('journal-detail').filter({ hasText: words }).waitFor();
  }

  /** What happened to the call that is open, in its order. */
  async course(): Promise<(string | null)[]> {
    const events = this.page.getByTestId('journal-timeline').locator('li');
    await events.last().waitFor();
    return events.evaluateAll((lines) => lines.map((line) => line.getAttribute('data-event')));
  }

  /** Plays the recording of the call that is open, until something was heard of it. */
  async play(): Promise<void> {
    await this.page.getByTestId('player-wave').focus();
    await this.page.keyboard.press('Space');
    await this.page
      .locator('[data-testid="player-toggle"][data-state="playing"]')
      .or(this.page.locator('[data-testid="player-toggle"][data-state="paused"]'))
      .waitFor();
    await this.page.waitForFunction(
      () => Number(document.querySelector('[data-testid="player-wave"]')?.ariaValueNow) > 0,
    );
  }

  marks(): Promise<string> {
    return this.page.getByTestId('player-marks').innerText();
  }
}

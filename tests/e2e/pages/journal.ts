import type { Page } from 'playwright-core';

/** The journal as a supervisor sees it: the calls of all. */
export class JournalPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Text of the newest row of this agent with these words and a follow-up agreed. */
  async callOf(agent: string, words: string): Promise<string> {
    const row = this.page
      .getByTestId('journal-row')
      .filter({ hasText: agent })
      .filter({ hasText: words })
      .filter({ hasText: 'Follow-up' })
      .first();
    await row.waitFor();
    return row.innerText();
  }

  /** Opens the newest row; the answer is what its detail says. */
  async openFirst(): Promise<string> {
    await this.page.getByTestId('journal-row').first().click();
    await this.page.getByTestId('journal-notes').waitFor();
    return this.page.getByTestId('journal-detail').innerText();
  }
}

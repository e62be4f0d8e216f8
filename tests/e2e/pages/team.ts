import type { Page } from 'playwright-core';

/** The supervisor's view: agents by state, and the day's calls as rows. */
export class TeamPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Text of the newest row of this agent that shows the words. */
  async callOf(agent: string, words: string): Promise<string> {
    const row = this.page
      .getByTestId('journal-row')
      .filter({ hasText: agent })
      .filter({ hasText: words })
      .first();
    await row.waitFor();
    return row.innerText();
  }

  async openFirst(): Promise<void> {
    await this.page.getByTestId('journal-row').first().click();
    await this.page.getByTestId('journal-detail').waitFor();
  }

  notes(): Promise<string> {
    return this.page.getByTestId('journal-notes').innerText();
  }

  async agentState(agent: string): Promise<string | null> {
    const tile = this.page.getByTestId('agent-tile').filter({ hasText: agent });
    await tile.waitFor();
    return tile.getAttribute('data-state');
  }
}

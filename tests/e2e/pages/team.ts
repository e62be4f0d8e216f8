import type { Page } from 'playwright-core';

/** The supervisor's view: agents by state, and the day's calls as rows. */
export class TeamPage {
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
    const detail = this.page.getByTestId('journal-detail');
    await detail.waitFor();
    return detail.innerText();
  }

  async agentState(agent: string): Promise<string | null> {
    const tile = this.page.getByTestId('agent-tile').filter({ hasText: agent });
    await tile.waitFor();
    return tile.getAttribute('data-state');
  }
}

import type { Locator, Page } from 'playwright-core';
import type { ListenMode } from '#shared/domain/calls/listening.ts';

/** The supervisor's view: agents by state, and the day's calls as rows. */
export class TeamPage {
  readonly page: Page;
  readonly listeningBar: Locator;

  constructor(page: Page) {
    this.page = page;
    this.listeningBar = page.getByTestId('listening-bar');
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

  /** The button on the tile of an agent who is on a call. */
  listenMenu(agent: string): Locator {
    const tile = this.page.getByTestId('agent-tile').filter({ hasText: agent });
    return tile.getByTestId('listen-menu');
  }

  async listen(agent: string, mode: ListenMode): Promise<void> {
    await this.listenMenu(agent).click();
    await this.page.getByTestId(`listen-${mode}`).click();
  }

  async takeOver(agent: string): Promise<void> {
    await this.listenMenu(agent).click();
    await this.page.getByTestId('take-over').click();
    await this.page.getByTestId('take-over-yes').click();
  }

  /** Changes the way of taking part in the bar; `name` as it is written there. */
  async speakAs(name: string): Promise<void> {
    // The choice follows the PBX: it moves when the mode has changed there.
    await this.page.getByRole('radio', { name, exact: true }).click();
  }

  async listensAs(mode: ListenMode): Promise<void> {
    await this.page.locator(`[data-testid="listening-bar"][data-mode="${mode}"]`).waitFor();
    await this.page.getByRole('radiogroup').first().waitFor();
  }

  /** What was done, newest first. */
  async audit(): Promise<(string | null)[]> {
    await this.page.getByTestId('open-audit').click();
    const lines = this.page.getByTestId('audit-line');
    await lines.first().waitFor();
    return lines.evaluateAll((all) => all.map((line) => line.getAttribute('data-action')));
  }
}

import type { Locator, Page } from 'playwright-core';
import type { ListenMode } from '#shared/domain/calls/listening.ts';

/** The supervisor's board: queues, agents by state, calls, alerts, the wall view, and the bar of a listener. */
export class BoardPage {
  readonly page: Page;
  readonly listeningBar: Locator;

  constructor(page: Page) {
    this.page = page;
    this.listeningBar = page.getByTestId('listening-bar');
  }

  /** The tile of a queue with so many callers waiting. */
  async queueHas(queueId: string, waiting: number): Promise<Locator> {
    const tile = this.page.locator(
      `[data-testid="queue-tile-${queueId}"][data-waiting="${waiting}"]`,
    );
    await tile.waitFor();
    return tile;
  }

  /** The call stands in the list in this state. */
  async callIs(callRef: string, state: string): Promise<void> {
    await this.call(callRef)
      .and(this.page.locator(`[data-state="${state}"]`))
      .waitFor();
  }

  async callIsGone(callRef: string): Promise<void> {
    await this.call(callRef).waitFor({ state: 'detached' });
  }

  private call(callRef: string): Locator {
    return this.page.locator(`[data-testid="board-call"][data-call="${callRef}"]`);
  }

  async agentIs(agent: string, state: string): Promise<void> {
    await this.tile(agent)
      .and(this.page.locator(`[data-state="${state}"]`))
      .waitFor();
  }

  tile(agent: string): Locator {
    return this.page.getByTestId('agent-tile').filter({ hasText: agent });
  }

  async alertIs(id: string, level: string): Promise<void> {
    await this.page
      .locator(`[data-testid="board-alert"][data-alert="${id}"][data-level="${level}"]`)
      .waitFor();
  }

  /** By key, on the tile with the focus, as whoever works without a mouse does it. */
  async listen(agent: string, mode: ListenMode): Promise<void> {
    await this.canListen(agent);
    await this.tile(agent).focus();
    await this.page.keyboard.press({ listen: 'l', whisper: 'w', barge: 'b' }[mode]);
  }

  /** There is something to listen to, and nothing in the way. */
  async canListen(agent: string): Promise<void> {
    await this.tile(agent).getByTestId('listen-listen').waitFor();
  }

  async takeOver(agent: string): Promise<void> {
    await this.tile(agent).focus();
    await this.page.keyboard.press('Enter');
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

  /** What was done, newest first, as it is read now. */
  async audit(): Promise<(string | null)[]> {
    const open = this.page.getByTestId('open-audit');
    if ((await open.getAttribute('aria-expanded')) === 'true') await open.click();
    await open.click();
    const lines = this.page.getByTestId('audit-line');
    await lines.first().waitFor();
    return lines.evaluateAll((all) => all.map((line) => line.getAttribute('data-action')));
  }

  async openWall(): Promise<void> {
    await this.page.keyboard.press('F11');
    await this.page.getByTestId('wall').waitFor();
  }

  /** So many callers wait, as the wall tells it. */
  async wallTells(waiting: number): Promise<void> {
    const number = this.page.getByTestId('wall-waiting');
    await number.filter({ hasText: new RegExp(`^${waiting}$`, 'u') }).waitFor();
  }
}

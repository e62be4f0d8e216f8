import type { Locator, Page } from 'playwright-core';

export type BarState =
  | 'idle'
  | 'ringing'
  | 'dialling'
  | 'connecting'
  | 'talking'
  | 'held'
  | 'wrapUp'
  | 'offline';

/** The bar at the top: all of a call by keyboard. */
export class CallBar {
  readonly page: Page;
  readonly bar: Locator;

  constructor(page: Page) {
    this.page = page;
    this.bar = page.getByTestId('call-bar');
  }

  async is(state: BarState): Promise<void> {
    await this.page.locator(`[data-testid="call-bar"][data-state="${state}"]`).waitFor();
  }

  async agentIs(state: string): Promise<void> {
    await this.page.locator(`[data-testid="agent-state"][data-state="${state}"]`).waitFor();
  }

  async goReady(): Promise<void> {
    await this.page.getByTestId('go-ready').click();
    await this.agentIs('ready');
  }

  async audioIs(state: 'connected' | 'lost' | 'connecting'): Promise<void> {
    await this.page.locator(`[data-testid="media"][data-state="${state}"]`).waitFor();
  }

  answer = () => this.page.keyboard.press('Alt+a');
  hold = () => this.page.keyboard.press('Alt+h');
  mute = () => this.page.keyboard.press('Alt+m');
  end = () => this.page.keyboard.press('Alt+e');
  reject = () => this.page.keyboard.press('Alt+r');

  caller(): Promise<string> {
    return this.page.getByTestId('caller-name').first().innerText();
  }
}

import type { Locator, Page } from 'playwright-core';

export type BarState =
  | 'idle'
  | 'ringing'
  | 'dialling'
  | 'connecting'
  | 'talking'
  | 'conference'
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

  async phoneIs(state: 'registered' | 'failed'): Promise<void> {
    await this.page.locator(`[data-testid="phone-state"][data-state="${state}"]`).waitFor();
  }

  /**
   * Ready, at a phone that rings: an agent may choose it before the PBX has the phone. Where a caller
   * waits, the phone rings before anybody has seen the state.
   */
  async goReady(): Promise<void> {
    await this.page.getByTestId('go-ready').click();
    const away = '[data-testid="agent-state"][data-state="break"]';
    await this.page.locator(away).waitFor({ state: 'detached' });
    await this.phoneIs('registered');
  }

  async audioIs(state: 'connected' | 'lost' | 'connecting'): Promise<void> {
    await this.page.locator(`[data-testid="media"][data-state="${state}"]`).waitFor();
  }

  answer = () => this.page.keyboard.press('Alt+a');
  hold = () => this.page.keyboard.press('Alt+h');
  mute = () => this.page.keyboard.press('Alt+m');
  end = () => this.page.keyboard.press('Alt+e');
  reject = () => this.page.keyboard.press('Alt+r');

  swap = () => this.page.keyboard.press('Alt+s');
  /** Conference, or puts an end to it. */
  confer = () => this.page.keyboard.press('Alt+c');
  putThrough = () => this.page.keyboard.press('Alt+t');
  endOther = () => this.page.keyboard.press('Alt+Shift+e');
  redial = () => this.page.keyboard.press('Alt+l');

  /** The call in the bar, by id. */
  callId(): Promise<string | null> {
    return this.bar.getAttribute('data-call-id');
  }

  /** Waits until this call has the bar, in this state. */
  async has(callId: string, state: BarState): Promise<void> {
    await this.page
      .locator(`[data-testid="call-bar"][data-call-id="${callId}"][data-state="${state}"]`)
      .waitFor();
  }

  /** Waits until so many calls stand in the strip below. */
  async beside(count: number): Promise<void> {
    const chips = this.page.getByTestId('other-call');
    if (count === 0) await chips.first().waitFor({ state: 'detached' });
    else await chips.nth(count - 1).waitFor();
  }

  /** Opens the directory and finds somebody by what stands in their row. */
  async find(text: string): Promise<void> {
    await this.page.keyboard.press('Alt+t');
    await this.page.locator('[data-testid="find-field"]:focus').waitFor();
    await this.page.keyboard.type(text);
    await this.page
      .locator('[data-testid="find-target"][aria-selected="true"]')
      .filter({ hasText: text })
      .waitFor();
  }

  /** Asks a colleague before the call is passed on. */
  async ask(text: string): Promise<void> {
    await this.find(text);
    await this.page.keyboard.press('Enter');
  }

  async passOn(text: string): Promise<void> {
    await this.find(text);
    await this.page.keyboard.press('Control+Enter');
  }

  async dial(text: string): Promise<void> {
    await this.page.keyboard.press('Control+j');
    await this.page.locator('[data-testid="dial-field"]:focus').waitFor();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  caller(): Promise<string> {
    return this.page.getByTestId('caller-name').first().innerText();
  }
}

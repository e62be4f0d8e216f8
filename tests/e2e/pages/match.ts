import type { Locator, Page } from 'playwright-core';

/** Who is calling: candidates to choose from, and the registration form. */
export class MatchPage {
  readonly page: Page;
  readonly form: Locator;
  readonly chooser: Locator;
  readonly list: Locator;
  readonly card: Locator;

  constructor(page: Page) {
    this.page = page;
    this.form = page.getByTestId('register-form');
    this.chooser = page.getByTestId('match-chooser');
    this.list = page.getByTestId('match-list');
    this.card = page.getByTestId('customer-card');
  }

  number(): Promise<string> {
    return this.page.getByTestId('register-number').inputValue();
  }

  /** How many cards are open: none while nobody is chosen. */
  cards(): Promise<number> {
    return this.card.count();
  }

  /** Names of the candidates, in the order in which they are offered. */
  names(): Promise<string[]> {
    return this.page
      .getByTestId('match-candidate')
      .evaluateAll((all) =>
        all.map((one) => one.querySelector('[title]')?.getAttribute('title') ?? ''),
      );
  }

  nameHasFocus(): Promise<boolean> {
    return this.page
      .getByTestId('register-name')
      .evaluate((input) => input === document.activeElement);
  }

  async register(name: string): Promise<void> {
    await this.page.getByTestId('register-name').fill(name);
    await this.page.keyboard.press('Control+s');
    await this.card.waitFor();
  }
}

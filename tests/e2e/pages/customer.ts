import type { Locator, Page } from 'playwright-core';

/** A customer's card, beside a call or on its own page. */
export class CustomerPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The customer's own page. */
  async open(customerId: string): Promise<void> {
    await this.page.evaluate((id) => {
      window.location.hash = `#/customers/${id}`;
    }, customerId);
    await this.page.getByTestId('customer-page').getByTestId('customer-name').waitFor();
  }

  line(fieldId: string): Locator {
    return this.page.getByTestId(`profile-${fieldId}`);
  }

  async showAllFields(): Promise<void> {
    await this.page.getByTestId('all-fields').click();
  }

  /** Opens a field by keyboard and types into it. */
  async type(fieldId: string, text: string): Promise<void> {
    await this.page.getByTestId(`profile-${fieldId}-edit`).focus();
    await this.page.keyboard.press('Enter');
    await this.page.getByTestId(`profile-${fieldId}-input`).fill(text);
  }

  /** Types, and waits until it is saved. */
  async change(fieldId: string, text: string): Promise<void> {
    await this.type(fieldId, text);
    await this.page.keyboard.press('Enter');
    await this.page.getByTestId(`profile-${fieldId}-edit`).filter({ hasText: text }).waitFor();
  }

  value(fieldId: string): Promise<string> {
    return this.page.getByTestId(`profile-${fieldId}-edit`).innerText();
  }

  problem(fieldId: string): Promise<string> {
    return this.line(fieldId).getByRole('alert').innerText();
  }

  /** The history of a field, the newest change first. */
  async history(fieldId: string): Promise<string[]> {
    await this.page.getByTestId(`profile-${fieldId}-edit`).focus();
    await this.page.keyboard.press('h');
    const changes = this.line(fieldId).getByTestId('field-change');
    await changes.first().waitFor();
    return changes.allInnerTexts();
  }

  questions(): Locator {
    return this.page.getByTestId('drip-question');
  }

  question(fieldId: string): Locator {
    return this.page.locator(`[data-testid="drip-question"][data-field="${fieldId}"]`);
  }

  /** Field of the first question that is asked. */
  async firstQuestion(): Promise<string> {
    await this.questions().first().waitFor();
    return (await this.questions().first().getAttribute('data-field')) ?? '';
  }

  /** Puts the first question off until another day, by keyboard. */
  async putOff(): Promise<void> {
    await this.questions().first().getByTestId('drip-later').focus();
    await this.page.keyboard.press('Enter');
  }
}

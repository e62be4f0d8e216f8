import type { Locator, Page } from 'playwright-core';

/** The page of changes that the server does not have. */
export class OutboxPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** How many wait and since when. */
  line(): Promise<string> {
    return this.page.getByTestId('outbox-line').innerText();
  }

  waiting(entity: string): Locator {
    return this.page.locator(`[data-testid="outbox-waiting"][data-entity="${entity}"]`);
  }

  refused(): Locator {
    return this.page.getByTestId('outbox-refused');
  }

  /** Waits until this part has the focus. */
  async focused(testId: string): Promise<void> {
    await this.page.locator(`[data-testid="${testId}"]:focus`).waitFor();
  }
}

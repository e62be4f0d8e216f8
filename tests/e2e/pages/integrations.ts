import type { Locator, Page } from 'playwright-core';

/** What administrators see of other programs: their keys, and where they are told what happened. */
export class IntegrationsPage {
  readonly page: Page;
  readonly keys: Locator;
  readonly deliveries: Locator;

  constructor(page: Page) {
    this.page = page;
    this.keys = page.getByTestId('key');
    this.deliveries = page.getByTestId('delivery');
  }

  async openKeys(): Promise<void> {
    await this.page.getByTestId('nav-integrations').click();
    await this.page.getByTestId('integrations-page').waitFor();
  }

  async openWebhooks(): Promise<void> {
    await this.page.getByRole('radio', { name: 'Webhooks', exact: true }).click();
  }

  /** Answers the secret, which is shown this once, and stores it. */
  async makeKey(name: string, scope: string): Promise<string> {
    await this.#new();
    await this.page.getByTestId('key-name').fill(name);
    await this.page.getByTestId(`key-scope-${scope}`).check();
    await this.page.getByTestId('key-save').click();
    return this.#storeSecret();
  }

  async renameKey(name: string): Promise<void> {
    await this.page.getByTestId('key-edit').click();
    await this.page.getByTestId('key-name').fill(name);
    await this.page.getByTestId('key-save').click();
    await this.keys.filter({ hasText: name }).waitFor();
  }

  async revokeKey(): Promise<void> {
    await this.page.getByTestId('key-revoke').click();
    await this.page.getByTestId('asked-yes').click();
    await this.page.locator('[data-testid="key"][data-revoked="true"]').waitFor();
  }

  async makeWebhook(url: string, event: string): Promise<string> {
    await this.#new();
    await this.page.getByTestId('webhook-url').fill(url);
    await this.page.getByTestId(`webhook-event-${event}`).check();
    await this.page.getByTestId('webhook-save').click();
    return this.#storeSecret();
  }

  async sendTest(): Promise<void> {
    await this.page.getByTestId('webhook-test').click();
  }

  async delivered(type: string): Promise<void> {
    await this.page
      .locator('[data-testid="delivery"][data-state="delivered"]')
      .filter({ hasText: type })
      .waitFor();
  }

  async #new(): Promise<void> {
    await this.page.getByTestId('integration-new').click();
  }

  async #storeSecret(): Promise<string> {
    const secret = await this.page.getByTestId('secret').inputValue();
    await this.page.getByTestId('secret-stored').click();
    await this.page.getByTestId('secret').waitFor({ state: 'detached' });
    return secret;
  }
}

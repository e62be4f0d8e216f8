import type { Page } from 'playwright-core';

export interface Person {
  login: string;
  name: string;
  team: string;
  extension: string;
  phonePassword: string;
  queues: string[];
}

/** The page on which an administrator sets up the people. */
export class UsersPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.getByTestId('nav-users').click();
    await this.page.getByTestId('user-row').first().waitFor();
  }

  async deactivate(name: string): Promise<void> {
    await this.page.getByTestId('user-row').filter({ hasText: name }).click();
    await this.page.getByTestId('user-deactivate').click();
    await this.page.getByTestId('asked-yes').click();
    await this.page.getByTestId('user-reactivate').waitFor();
  }

  /** Answers the one-time password, which is shown this once. */
  async add(person: Person): Promise<string> {
    const { page } = this;
    await page.getByTestId('user-new').click();
    await page.getByTestId('user-login').fill(person.login);
    await page.getByTestId('user-name').fill(person.name);
    await page.getByTestId('user-team').selectOption(person.team);
    await page.getByTestId('user-extension').fill(person.extension);
    await page.getByTestId('user-phone-password').fill(person.phonePassword);
    for (const queue of person.queues) await page.getByTestId(`user-queue-${queue}`).check();
    await page.getByTestId('user-save').click();
    const password = await page.getByTestId('secret').inputValue();
    await page.getByTestId('secret-stored').click();
    await page.getByTestId('user-row').filter({ hasText: person.login }).waitFor();
    return password;
  }
}

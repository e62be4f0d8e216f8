import type { Page } from 'playwright-core';

/** The way in. Practice users sign in with one click. */
export class SignInPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Once more where a server that has just begun took longer than the desk waits for it. */
  async practiseAs(login: string): Promise<void> {
    const inside = this.page.getByTestId('agent-state');
    const refused = this.page.getByTestId('sign-in-failure');
    for (let tries = 2; tries > 0; tries -= 1) {
      await this.page.getByTestId(`practice-${login}`).click();
      await inside.or(refused).first().waitFor();
      if (await inside.isVisible()) return;
    }
    await inside.waitFor();
  }

  async signIn(login: string, password: string): Promise<void> {
    const form = this.page.getByTestId('sign-in');
    await form.waitFor();
    await this.page.locator('input[name="login"]').fill(login);
    await this.page.locator('input[name="password"]').fill(password);
    await this.page.keyboard.press('Enter');
  }

  /** Switches the language of the window, before anybody is signed in. */
  async speak(language: 'en' | 'zh-CN'): Promise<void> {
    await this.page.getByTestId('language').click();
    await this.page.locator(`[role="menuitem"][lang="${language}"]`).click();
    await this.page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
  }

  async failure(): Promise<string> {
    return this.page.getByTestId('sign-in-failure').innerText();
  }
}

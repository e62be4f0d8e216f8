import type { Page } from 'playwright-core';
import { CallBar } from './callBar.ts';
import { SignInPage } from './signInPage.ts';

/** One desk's window with its parts. */
export class DeskPage {
  readonly page: Page;
  readonly signIn: SignInPage;
  readonly bar: CallBar;

  constructor(page: Page) {
    this.page = page;
    this.signIn = new SignInPage(page);
    this.bar = new CallBar(page);
  }

  /** Name on the open card. */
  customerName(): Promise<string> {
    return this.page.getByTestId('customer-name').innerText();
  }

  /** Id of the customer whose card is open. */
  cardOf(): Promise<string | null> {
    return this.page.getByTestId('customer-card').getAttribute('data-customer-id');
  }

  /** The shortest wrap-up there is, and then the next call may come. */
  async wrapUp(notes = ''): Promise<void> {
    await this.bar.is('wrapUp');
    await this.fillWrapUp({ disposition: 'hot water', result: 1, notes });
    await this.finish();
    await this.bar.agentIs('ready');
  }

  /** Waits until what was typed last is stored on the desk. */
  async draftIsKept(): Promise<void> {
    await this.page.getByTestId('draft-mark').filter({ hasText: /\d/ }).waitFor();
  }

  /** Switches the language of the window in the middle of work. */
  async speak(language: 'en' | 'zh-CN'): Promise<void> {
    await this.page.getByTestId('preferences').click();
    await this.page.locator(`[role="menuitem"][lang="${language}"]`).click();
    await this.page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
  }

  /** Opens the calls not wrapped up, and of them the first. */
  async openBacklog(): Promise<void> {
    await this.page.getByTestId('open-backlog').waitFor();
    await this.page.keyboard.press('Alt+b');
    await this.page.getByTestId('backlog-entry').first().click();
  }

  /** All records the server had have arrived. */
  async inStep(): Promise<void> {
    await this.page.locator('[data-testid="sync-state"][data-state="online"]').first().waitFor();
  }

  /** Tells the page to count the cards painted for ringing calls from now on. */
  async countPops(): Promise<void> {
    await this.page.evaluate(() => {
      const pops: string[] = [];
      Object.assign(window, { paintedPops: pops });
      document.addEventListener('switchboard:pop-painted', (event) => {
        pops.push((event as CustomEvent<{ callId: string }>).detail.callId);
      });
    });
  }

  pops(): Promise<string[]> {
    return this.page.evaluate(() => (window as unknown as { paintedPops: string[] }).paintedPops);
  }

  async openTicketForm(): Promise<void> {
    await this.page.keyboard.press('Control+n');
    await this.page.getByTestId('ticket-subject').waitFor();
  }

  /** A text that ends in half of a character, as a careless program puts it into the clipboard. */
  async typeHalfCharacter(testId: string, text: string): Promise<void> {
    const field = this.page.getByTestId(testId);
    await field.fill(text);
    await field.evaluate((box) => {
      const half = String.fromCharCode(0xd83d);
      box.ownerDocument.execCommand('insertText', false, half);
    });
  }

  async saveTicket(subject: string, description: string): Promise<void> {
    await this.page.getByTestId('ticket-subject').fill(subject);
    await this.page.keyboard.press('Tab');
    await this.page.getByTestId('ticket-description').fill(description);
    await this.page.keyboard.press('Control+s');
    await this.page.getByTestId('ticket-saved').waitFor();
  }

  /** Disposition by typing, result by key, notes, follow-up by its chip. */
  async fillWrapUp(input: {
    disposition: string;
    result: 1 | 2 | 3 | 4;
    notes: string;
    followUp?: 'tomorrow';
  }): Promise<void> {
    const { page } = this;
    await page.getByTestId('wrap-up-disposition').fill(input.disposition);
    await page.keyboard.press('Enter');
    await page.keyboard.press(`Alt+${input.result}`);
    if (input.followUp) await page.getByTestId(`quick-${input.followUp}`).click();
    await page.keyboard.press('Control+;');
    await page.locator('[data-testid="wrap-up-notes"]:focus').waitFor();
    await page.keyboard.type(input.notes);
  }

  /** Links an open ticket of the customer to the call by words of its subject. */
  async linkTicket(subject: string): Promise<void> {
    await this.page.getByTestId('wrap-up-link').fill(subject);
    await this.page.keyboard.press('Enter');
    await this.page.getByTestId('wrap-up-tickets').getByText(subject).waitFor();
  }

  async finish(): Promise<void> {
    await this.page.keyboard.press('Control+Enter');
  }

  async go(name: 'desk' | 'tickets' | 'board' | 'journal' | 'tasks' | 'reports'): Promise<void> {
    await this.page.getByTestId(`nav-${name}`).click();
  }
}

import type { Locator, Page } from 'playwright-core';

interface NamedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** One ticket beside the list. */
export class TicketDetailPage {
  readonly page: Page;
  readonly detail: Locator;

  constructor(page: Page) {
    this.page = page;
    this.detail = page.getByTestId('ticket-page');
  }

  async open(ticketId: string): Promise<void> {
    await this.page.evaluate((id) => {
      window.location.hash = `#/tickets/${id}`;
    }, ticketId);
    await this.detail.waitFor();
  }

  async is(state: string): Promise<void> {
    await this.page.locator(`[data-testid="ticket-state"][data-state="${state}"]`).waitFor();
  }

  /** A key of the ticket, with the focus on what scrolls. */
  async press(key: string): Promise<void> {
    await this.detail.locator('section[tabindex="0"]').focus();
    await this.page.keyboard.press(key);
  }

  async assignTo(name: string): Promise<void> {
    await this.press('a');
    await this.page.getByTestId('ticket-assign-name').fill(name);
    await this.page.getByTestId('ticket-taker').filter({ hasText: name }).waitFor();
    await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Control+Enter');
  }

  /** A step that asks for a text. */
  async stepWith(key: string, testId: string, text: string): Promise<void> {
    await this.press(key);
    await this.page.getByTestId(testId).fill(text);
    await this.page.keyboard.press('Control+Enter');
  }

  async say(key: 'n' | 'm', text: string): Promise<void> {
    await this.press(key);
    await this.page.getByTestId('ticket-note').fill(text);
    await this.page.keyboard.press('Control+Enter');
    await this.event(key === 'm' ? 'ticket.replied' : 'ticket.noted')
      .filter({ hasText: text })
      .waitFor();
  }

  event(name: string): Locator {
    return this.page.locator(`[data-testid="ticket-event"][data-name="${name}"]`);
  }

  async attach(file: NamedFile): Promise<void> {
    await this.page.getByTestId('ticket-file-input').setInputFiles(file);
  }

  /** The file is on the server as well. */
  async stored(name: string): Promise<void> {
    const file = this.page.locator('[data-testid="ticket-file"][data-waiting="false"]');
    await file.filter({ hasText: name }).waitFor();
  }

  /** Width of the picture as the browser read it. */
  async pictureWidth(): Promise<number> {
    await this.page.getByTestId('ticket-file-show').first().click();
    const picture = this.page.getByTestId('ticket-picture');
    await picture.waitFor();
    return picture.evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      return image.naturalWidth;
    });
  }
}

import type { Page } from 'playwright-core';

/** A complaint's way through the window: its page, the resolution, the return visit. */
export class VisitPages {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async openTicket(ticketId: string): Promise<void> {
    await this.page.evaluate((id) => {
      window.location.hash = `#/tickets/${id}`;
    }, ticketId);
    await this.page.getByTestId('ticket-page').waitFor();
  }

  async stateIs(state: string): Promise<void> {
    await this.page.locator(`[data-testid="ticket-state"][data-state="${state}"]`).waitFor();
  }

  async resolve(resolution: string): Promise<void> {
    await this.page.getByTestId('ticket-step-resolve').click();
    const form = this.page.getByTestId('ticket-step-form');
    await form.locator('textarea').first().fill(resolution);
    await this.page.getByTestId('ticket-step-send').click();
    await this.stateIs('resolved');
  }

  async writeDown(field: string, text: string): Promise<void> {
    await this.page.getByTestId(`complaint-${field}`).fill(text);
    await this.page.getByTestId('complaint-save').click();
    await this.page.getByTestId('complaint-save').waitFor({ state: 'detached' });
  }

  /** By key from the ticket. */
  async startVisit(): Promise<void> {
    await this.page.getByTestId('visit-open').waitFor();
    await this.page.keyboard.press('Alt+v');
    await this.page.getByTestId('visit-form').waitFor();
  }

  async answer(question: string, place: number): Promise<void> {
    const box = this.page.locator(`[data-question="${question}"]`);
    await box.getByRole('radio').nth(place).check({ force: true });
  }

  /** What was answered before is there again. */
  async isAnswered(question: string, place: number): Promise<void> {
    const choice = this.page.locator(`[data-question="${question}"] input`).nth(place);
    await this.page.waitForFunction(
      (radio) => radio instanceof HTMLInputElement && radio.checked,
      await choice.elementHandle(),
    );
  }

  async note(text: string): Promise<void> {
    await this.page.getByTestId('visit-note').fill(text);
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+s');
  }
}

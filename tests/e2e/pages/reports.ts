import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The page of reports: what is asked for, the table, what is behind a number. */
export class ReportsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async ask(report: string, range: string): Promise<void> {
    await this.page.getByTestId('report-choose').selectOption(report);
    await this.page.getByTestId('report-range').selectOption(range);
  }

  row(name: string) {
    return this.page.getByTestId('report-row').filter({ hasText: name });
  }

  figure(name: string, column: string) {
    return this.row(name).getByTestId(`figure-${column}`);
  }

  /** Counts again until the figure is this one: what desks and PBX tell arrives when it arrives. */
  async figureIs(name: string, column: string, value: string): Promise<void> {
    const again = this.page.getByRole('button', { name: 'Count again' });
    const figure = this.figure(name, column);
    const read = async () => {
      await again.click();
      return (await figure.count()) === 0 ? '' : figure.first().innerText();
    };
    await expect.poll(read, { interval: 250 }).toBe(value);
  }

  /** The first of what is behind a number, opened. */
  async openFirstBehind(name: string, column: string): Promise<void> {
    await this.figure(name, column).click();
    await this.page.getByTestId('drill-row').first().getByRole('link').click();
  }

  /** Writes into the daily report of somebody. */
  async writeDay(name: string, words: { problems: string; plan: string }): Promise<void> {
    await this.page.getByTestId('daily-row').filter({ hasText: name }).click();
    await this.page.getByTestId('daily-problems').fill(words.problems);
    await this.page.getByTestId('daily-plan').fill(words.plan);
    await this.page.getByTestId('draft-mark').filter({ hasText: /\d/ }).waitFor();
  }
}

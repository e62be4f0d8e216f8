import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** The field that searches everything, and the pages about the quality of data. */
export class QualityPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Types into the search field, by keyboard alone. */
  async search(text: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.page.locator('[data-testid="omnibox"]:focus').waitFor();
    await this.page.keyboard.type(text);
  }

  /** Waits for a hit of the kind with these words. */
  async found(kind: 'hit' | 'ticket' | 'note' | 'article', words: string): Promise<void> {
    await this.page.getByTestId(`search-${kind}`).filter({ hasText: words }).first().waitFor();
  }

  /** Goes down to the hit with these words: others may have the number too, and the first offer is to dial it. */
  async moveTo(words: string): Promise<void> {
    const chosen = this.page.locator('[data-testid="search-hit"][data-combobox-selected]');
    // An answer that comes late begins the list anew.
    await expect
      .poll(async () => {
        const isThere = (await chosen.filter({ hasText: words }).count()) > 0;
        if (!isThere) await this.page.keyboard.press('ArrowDown');
        return isThere;
      })
      .toBe(true);
  }

  async open(view: 'duplicates' | 'stale' | 'clean'): Promise<void> {
    await this.page.evaluate((id) => {
      window.location.hash = `#/quality/${id}`;
    }, view);
    await this.page.getByTestId('quality-page').waitFor();
  }

  /** Waits until all customers were looked through. */
  async lookedThrough(): Promise<void> {
    await this.page.locator('[data-testid="quality-walk"][data-state="done"]').waitFor();
  }

  pair(name: string) {
    return this.page.getByTestId('duplicate-pair').filter({ hasText: name });
  }

  async compare(name: string): Promise<void> {
    await this.pair(name).first().getByTestId('duplicate-compare').click();
    await this.page.getByTestId('merge-do').waitFor();
  }

  line(field: string) {
    return this.page.getByTestId(`merge-line-${field}`);
  }

  async merge(): Promise<void> {
    await this.page.getByTestId('merge-do').click();
    await this.page.getByTestId('toast-action').waitFor();
  }

  async undoMerge(): Promise<void> {
    await this.page.getByTestId('toast-action').click();
    await this.page.getByTestId('toast-action').waitFor({ state: 'detached' });
  }

  async previewTag(tag: string): Promise<void> {
    await this.page.getByTestId('clean-action').selectOption('addTag');
    await this.page.getByTestId('clean-tag').fill(tag);
    await this.page.getByTestId('clean-look').click();
    await this.lookedThrough();
  }

  async clean(): Promise<void> {
    await this.page.getByTestId('clean-do').click();
    await this.page.getByTestId('clean-run').first().waitFor();
  }

  async undoClean(): Promise<void> {
    await this.page.getByTestId('clean-undo').first().click();
    await this.page.getByTestId('clean-undo').first().waitFor({ state: 'detached' });
  }
}

/** Marks the place that holds the focus when nothing else has it: the page itself, which no key is meant for. */
export const focusRest = { 'data-focus-rest': true, tabIndex: -1 } as const;

const restSelector = '[data-focus-rest]';

/** Whether nobody has the focus, so that whoever needs keys may take it. */
export function isFocusFree(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || activeElement.matches(restSelector);
}

/** Marks the name field, where "none of these" puts the caret. */
export const registerNameMark = { 'data-register-name': true };

export function focusRegistration(): void {
  document.querySelector<HTMLElement>('[data-register-name]')?.focus();
}

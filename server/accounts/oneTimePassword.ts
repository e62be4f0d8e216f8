import { randomInt } from 'node:crypto';

/** No signs that are taken for one another when somebody reads them out. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 3;
const signsOfGroup = 4;

/** After that an administrator has to give a new one, ms. */
export const oneTimeMs = 14 * 86_400_000;

/** Such as `k7pm-x2fd-9hqa`: 59 bits. */
export function makeOneTimePassword(): string {
  const group = () =>
    Array.from({ length: signsOfGroup }, () => signs[randomInt(signs.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

import type { Configuration } from '#shared/domain/configuration.ts';
import type { Customer } from '#shared/domain/customers/customer.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { type FormField, formFieldsOf } from '#shared/domain/settings/customerForm.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../../cache/cache.ts';
import type { Clock } from '../../core/providers.ts';

/** What the customer service works with. */
export interface CustomerParts {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
  home(): HomeCountry;
  configuration(): Configuration | null;
}

/** The fields of the registration form, older ones of the configuration behind them. */
export function formOf({ cache, configuration }: CustomerParts): FormField[] {
  return formFieldsOf(cache.part('customerForm'), configuration()?.profileFields ?? []);
}

/** A value that does not fit: the field and the problem, so that the form says it at its place. */
export function misfit(field: string, problem: string): DeskError {
  return new DeskError('invalid-input', `${field}: ${problem}`, { field, problem });
}

/** The record that stands for the customer, and its id. Throws `not-found`. */
export function customerOf({ cache }: CustomerParts, customerId: string): [string, Customer] {
  const id = cache.winnerOf(customerId);
  const customer = cache.record('customer', id);
  if (!customer) throw new DeskError('not-found', 'no such customer here');
  return [id, customer];
}

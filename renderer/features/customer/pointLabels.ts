import type { ContactPoint } from '#shared/domain/customers/customer.ts';

const all = ['mobile', 'landline', 'work', 'home', 'other'] as const;

/** What a way to reach somebody may be called: only numbers are mobile or landline. */
export function labelsOf(kind: ContactPoint['kind']): readonly ContactPoint['label'][] {
  return kind === 'phone' ? all : all.slice(2);
}

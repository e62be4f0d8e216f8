import { z } from 'zod';
import type { ProfileField } from '../configuration.ts';
import { customerKinds } from '../customers/customer.ts';
import { bilingualSchema } from '../text/text.ts';
import { usualFormFields } from './usualFormFields.ts';

export const formFieldTypes = [
  'text',
  'longText',
  'date',
  'number',
  'choice',
  'choices',
  'yesNo',
  'money',
] as const;

export const formGroups = ['identity', 'contact', 'work', 'home', 'interests', 'other'] as const;

/** One field of the registration form (客户信息登记表); its value stands in the customer's `profile` under the id. */
const formFieldSchema = z.object({
  id: z.string().min(1).max(64),
  label: bilingualSchema,
  type: z.enum(formFieldTypes),
  /** For persons, companies or both. */
  kinds: z.array(z.enum(customerKinds)).min(1),
  group: z.enum(formGroups),
  choices: z.array(z.object({ id: z.string().max(64), label: bilingualSchema })).max(100),
  required: z.boolean(),
  /** How the agent asks for it (滴灌式对话); null: it is never asked for. */
  question: bilingualSchema.nullable(),
  /** How much it is worth to know, 0 to 100. */
  worth: z.int().min(0).max(100),
  /** A value is stale after so many months; null: never. */
  staleAfterMonths: z.int().positive().nullable(),
  retired: z.boolean(),
});
export type FormField = z.infer<typeof formFieldSchema>;

const customerFormSchema = z.object({
  fields: z
    .array(formFieldSchema)
    .max(200)
    .refine((fields) => new Set(fields.map(({ id }) => id)).size === fields.length, {
      message: 'two fields have one id',
    }),
  /** A question that was refused is not asked again for so many months. */
  refusedMonths: z.int().min(0).max(120).default(6),
  /** Version of the form, counted by the server when it is saved. */
  version: z.int().nonnegative(),
});
export type CustomerForm = z.infer<typeof customerFormSchema>;

export const usualCustomerForm: CustomerForm = {
  fields: usualFormFields,
  refusedMonths: 6,
  version: 0,
};

export const customerFormPart = { schema: customerFormSchema, usual: usualCustomerForm };

/** The name of a choice, or the stored value where the form does not know it any more. */
export function choiceLabel(field: FormField, value: string, language: 'en' | 'zh-CN'): string {
  return field.choices.find(({ id }) => id === value)?.label[language] ?? value;
}

/** Fields of the form; behind them those that only the configuration of older desks names. */
export function formFieldsOf(form: CustomerForm, older: readonly ProfileField[]): FormField[] {
  const known = new Set(form.fields.map(({ id }) => id));
  const more = older
    .filter(({ id }) => !known.has(id))
    .map(
      ({ id, label, type }): FormField => ({
        ...{ id, label, type, kinds: [...customerKinds], group: 'other', choices: [] },
        ...{ required: false, question: null, worth: 0, staleAfterMonths: null, retired: false },
      }),
    );
  return [...form.fields, ...more];
}

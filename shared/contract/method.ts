import type { z } from 'zod';
import type { Permission } from '../domain/permissions.ts';

/** Who may call a method: anyone at the window, anyone signed in, or holders of a permission. */
export type Access = 'anyone' | 'signed-in' | Permission;

export interface Method<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  input: I;
  output: O;
  access: Access;
}

export function method<I extends z.ZodType, O extends z.ZodType>(
  access: Access,
  input: I,
  output: O,
): Method<I, O> {
  return { access, input, output };
}

import type { ReactNode } from 'react';
import type { DeskCall } from '#shared/contract/models.ts';

export function WrapUpForm(_: { call: DeskCall }): ReactNode {
  return null;
}

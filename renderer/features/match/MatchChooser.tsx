import type { ReactNode } from 'react';
import type { DeskCall } from '#shared/contract/models.ts';

export function MatchChooser(_: { call: DeskCall }): ReactNode {
  return null;
}

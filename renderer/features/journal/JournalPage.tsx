import type { ReactNode } from 'react';

export function JournalPage(): ReactNode {
  return null;
}

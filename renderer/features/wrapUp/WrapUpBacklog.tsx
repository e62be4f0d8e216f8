import type { ReactNode } from 'react';

/** Dialog with the calls not wrapped up yet; opens a parked call's form. */
export function WrapUpBacklog(_: { opened: boolean; onClose: () => void }): ReactNode {
  return null;
}

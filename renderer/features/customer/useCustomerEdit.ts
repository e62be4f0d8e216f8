import type { CustomerEdit, PointEdit } from '#shared/contract/methods/customers.ts';
import type { Result } from '#shared/result.ts';
import { useInvoke, useRun } from '../../app/bridge.tsx';
import { useMayDo } from '../../store/desk.ts';

export interface CustomerEditing {
  may: boolean;
  edit: (edit: CustomerEdit) => Promise<Result<unknown>>;
  editPoint: (pointId: string, edit: PointEdit) => Promise<Result<unknown>>;
  /** Still right; what goes wrong is told in a corner. */
  verify: (field: string) => void;
}

/** Changes of one customer, said to come from the call where there is one. */
export function useCustomerEdit(customerId: string, callId: string | null): CustomerEditing {
  const may = useMayDo('customers.write');
  const invoke = useInvoke();
  const run = useRun();
  return {
    may,
    edit: (edit) => invoke('customers.edit', { customerId, edit, callId }),
    editPoint: (pointId, edit) =>
      invoke('customers.changePoint', { customerId, pointId, edit, callId }),
    verify: (field) => void run('customers.verify', { customerId, field, callId }),
  };
}

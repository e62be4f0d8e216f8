import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Failure } from '#shared/result.ts';

export interface Toast {
  id: number;
  tone: 'ok' | 'error';
  /** Words to show, or a failure whose text is looked up in the agent's language. */
  text: string | null;
  failure: Failure | null;
}

/** What belongs to this window alone and not to the desk. */
export interface WindowState {
  toasts: readonly Toast[];
  /** Forms with unsaved typing; a card opens by itself only while this is empty. */
  dirtyForms: ReadonlySet<string>;
  /** Customer whose card the desk page shows; null: the one of the call. */
  customerId: string | null;
  dialog: 'keyboard' | 'refused' | null;
  /** The ticket form is open in the work slot. */
  ticketFormOpen: boolean;
}

export const emptyWindow: WindowState = {
  toasts: [],
  dirtyForms: new Set(),
  customerId: null,
  dialog: null,
  ticketFormOpen: false,
};

export const windowStore = createStore<WindowState>(() => emptyWindow);

export function useWindow<T>(select: (state: WindowState) => T): T {
  return useStore(windowStore, select);
}

let lastToast = 0;

function addToast(toast: Omit<Toast, 'id'>): void {
  lastToast += 1;
  const id = lastToast;
  windowStore.setState((state) => ({ toasts: [...state.toasts.slice(-2), { ...toast, id }] }));
}

/** Says in a corner that something is done. */
export function tell(text: string): void {
  addToast({ tone: 'ok', text, failure: null });
}

/** Says in a corner what failed, and stays until it is closed. */
export function tellFailure(failure: Failure): void {
  addToast({ tone: 'error', text: null, failure });
}

export function closeToast(id: number): void {
  windowStore.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
}

export function openCustomer(customerId: string | null): void {
  windowStore.setState({ customerId });
}

export function openDialog(dialog: WindowState['dialog']): void {
  windowStore.setState({ dialog });
}

export function openTicketForm(open: boolean): void {
  windowStore.setState({ ticketFormOpen: open });
}

/** Tells that a form holds typing that a card must not push aside; `form` names it, such as `ticket:<call id>`. */
export function useDirtyForm(form: string, dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    windowStore.setState((state) => ({ dirtyForms: new Set(state.dirtyForms).add(form) }));
    return () =>
      windowStore.setState((state) => {
        const rest = new Set(state.dirtyForms);
        rest.delete(form);
        return { dirtyForms: rest };
      });
  }, [form, dirty]);
}

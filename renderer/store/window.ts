import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Failure } from '#shared/result.ts';

export interface Toast {
  id: number;
  tone: 'ok' | 'warn' | 'error';
  /** Words to show, or a failure whose text is looked up in the agent's language. */
  text: string | null;
  failure: Failure | null;
  /** What can be done about it; the toast goes with it. */
  action?: { label: string; run: () => void };
}

export interface Finding {
  callId: string;
  purpose: 'transfer' | 'confer';
}

export interface Transfer {
  callId: string;
  /** Whom the call goes to, as the agent knows them. */
  name: string;
  state: 'pending' | 'done' | 'failed';
  failure: Failure | null;
}

export interface ConsentAsked {
  number: string;
  /** `number-needs-consent`, with the reason in its details. */
  failure: Failure;
  answer: (yes: boolean) => void;
}

/** What belongs to this window alone and not to the desk. */
export interface WindowState {
  toasts: readonly Toast[];
  /** Forms with unsaved typing; a card opens by itself only while this is empty. */
  dirtyForms: ReadonlySet<string>;
  /** Customer whose card the desk page shows, chosen by the agent. */
  customerId: string | null;
  /** The call whose card and forms the desk page shows; null: none, or the agent looks at something else. */
  followedCallId: string | null;
  /** Calls that go on without a card: nobody is to be chosen or registered. */
  withoutCard: ReadonlySet<string>;
  dialog: 'keyboard' | 'password' | null;
  /** The panel that finds a colleague: to pass the call on, or to bring them into it. */
  finding: Finding | null;
  /** The blind transfer asked for last, until the next one or the end of the call's wrap-up. */
  transfer: Transfer | null;
  /** A number for which the agent is being asked. */
  consent: ConsentAsked | null;
  /** The ticket form is open in the work slot. */
  ticketFormOpen: boolean;
}

export const emptyWindow: WindowState = {
  toasts: [],
  dirtyForms: new Set(),
  customerId: null,
  followedCallId: null,
  withoutCard: new Set(),
  dialog: null,
  finding: null,
  transfer: null,
  consent: null,
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

/** Says in a corner that something is done, with the way back. */
export function tellWithAction(text: string, action: NonNullable<Toast['action']>): void {
  addToast({ tone: 'ok', text, failure: null, action });
}

/** Says in a corner that something needs a look, with the way there. */
export function tellWarning(text: string, action: NonNullable<Toast['action']>): void {
  addToast({ tone: 'warn', text, failure: null, action });
}

/** Says in a corner what failed, and stays until it is closed. */
export function tellFailure(failure: Failure): void {
  addToast({ tone: 'error', text: null, failure });
}

export function closeToast(id: number): void {
  windowStore.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
}

/** Shows a customer's card on the desk page; null goes back to the call or the free desk. */
export function openCustomer(customerId: string | null): void {
  windowStore.setState({ customerId });
}

/** Shows the card of a call and leaves whatever was open before. */
export function followCall(callId: string | null): void {
  windowStore.setState({ followedCallId: callId, customerId: null, ticketFormOpen: false });
}

/** The call goes on without a card; the choice of a customer makes room for the work. */
export function continueWithoutCard(callId: string): void {
  windowStore.setState((state) => ({ withoutCard: new Set(state.withoutCard).add(callId) }));
}

/** Back to choosing who is calling. */
export function chooseAgain(callId: string): void {
  windowStore.setState((state) => {
    const rest = new Set(state.withoutCard);
    rest.delete(callId);
    return { withoutCard: rest };
  });
}

export function openDialog(dialog: WindowState['dialog']): void {
  windowStore.setState({ dialog });
}

export function openFinding(finding: Finding | null): void {
  windowStore.setState({ finding });
}

export function setTransfer(transfer: Transfer | null): void {
  windowStore.setState({ transfer });
}

/** Asks the agent about a number; resolves with the answer. A question still open is answered no. */
export function askConsent(number: string, failure: Failure): Promise<boolean> {
  windowStore.getState().consent?.answer(false);
  return new Promise((resolve) => {
    const answer = (yes: boolean) => {
      windowStore.setState({ consent: null });
      resolve(yes);
    };
    windowStore.setState({ consent: { number, failure, answer } });
  });
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

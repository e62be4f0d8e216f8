import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface ActedOn {
  id: string;
  name: string;
}

/** What is asked about an agent before something is done. */
export type AgentDialog = 'queues' | 'message' | 'tickets' | 'signOut';

interface Asked {
  dialog: AgentDialog;
  agent: ActedOn;
}

const askedStore = createStore<{ asked: Asked | null }>(() => ({ asked: null }));

/** Opens a dialog about an agent, from a menu, a tile or an alert; `AgentDialogs` shows it. */
export function askAbout(dialog: AgentDialog, agent: ActedOn): void {
  askedStore.setState({ asked: { dialog, agent } });
}

export function closeAsked(): void {
  askedStore.setState({ asked: null });
}

/** The agent of this dialog while it is open. */
export function useAsked(dialog: AgentDialog): ActedOn | null {
  return useStore(askedStore, ({ asked }) => (asked?.dialog === dialog ? asked.agent : null));
}

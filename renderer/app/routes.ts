import { useSyncExternalStore } from 'react';

export const pages = [
  'desk',
  'tickets',
  'tasks',
  'missed',
  'customers',
  'knowledge',
  'journal',
  'board',
  'reports',
  'complaints',
  'feedback',
  'segments',
  'quality',
  'devices',
  'outbox',
  'scripts',
  'importing',
  'integrations',
  'users',
  'administration',
] as const;
export type Page = (typeof pages)[number];

export interface Route {
  page: Page;
  /** What the page shows, such as a ticket's id. */
  id: string | null;
}

/** Names by which pages went before: links that were kept still lead there. */
const moved: Record<string, Page | undefined> = { team: 'board' };

/** The place in the address, so that a reload comes back to it: `#/tickets/<id>`. */
function readRoute(hash: string): Route {
  const [page = '', id] = hash.replace(/^#\/?/u, '').split('/');
  const known = pages.find((name) => name === (moved[page] ?? page));
  return known
    ? { page: known, id: id ? decodeURIComponent(id) : null }
    : { page: 'desk', id: null };
}

export function hrefOf(page: Page, id: string | null = null): string {
  return id === null ? `#/${page}` : `#/${page}/${encodeURIComponent(id)}`;
}

export function goTo(page: Page, id: string | null = null): void {
  window.location.hash = hrefOf(page, id);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

let last: { hash: string; route: Route } = { hash: '', route: readRoute('') };

function current(): Route {
  const { hash } = window.location;
  if (hash !== last.hash) last = { hash, route: readRoute(hash) };
  return last.route;
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, current);
}

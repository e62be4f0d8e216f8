import { useEffect, useSyncExternalStore } from 'react';
import { useDesk } from '../store/desk.ts';

const query = '(prefers-color-scheme: dark)';

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** The colour scheme on screen; the setting `system` follows the system as it changes. */
export function useColorScheme(): 'light' | 'dark' {
  const wanted = useDesk((desk) => desk.settings.theme);
  const systemDark = useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
  const scheme = wanted === 'system' ? (systemDark ? 'dark' : 'light') : wanted;
  useEffect(() => {
    document.documentElement.dataset.theme = scheme;
  }, [scheme]);
  return scheme;
}

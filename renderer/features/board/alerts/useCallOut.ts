import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { SupervisionRules } from '#shared/domain/settings/supervision.ts';
import { type Alert, callingFor, isQuiet } from '#shared/domain/supervision/alerts.ts';
import { useBridge } from '../../../app/bridge.tsx';
import { goTo } from '../../../app/routes.ts';
import { boardStore } from '../../../store/board.ts';
import { deskStore } from '../../../store/desk.ts';
import { tellWarning } from '../../../store/window.ts';
import { useBoardWords } from '../boardWords.ts';
import { alertStore, toneSounded, wasTold } from './alertStore.ts';
import { soundWarning } from './warningTone.ts';

/** A browser tells by itself where it was allowed to; else the desk has it told. */
function tellBySystem(bridge: Bridge, title: string, text: string): void {
  if (bridge.shell === 'browser') {
    if (globalThis.Notification?.permission === 'granted')
      new Notification(title, { body: text, silent: true });
    return;
  }
  void bridge.invoke('board.alert', { title, text });
}

/** Says what has become worse: by a tone, in a corner of the window, and by the system where the window is not seen. */
export function useCallOut(): (
  rules: SupervisionRules,
  worse: readonly Alert[],
  now: number,
) => void {
  const { t } = useTranslation('board');
  const words = useBoardWords();
  const bridge = useBridge();

  function callOut(rules: SupervisionRules, worse: readonly Alert[], now: number): void {
    const { calls, devices } = deskStore.getState();
    const { called } = alertStore.getState();
    const { tone, told } = callingFor(worse, { quiet: isQuiet(rules, now), called, now });
    const isTalking = calls.some(({ state }) => state !== 'ended');
    if (tone && !isTalking) {
      toneSounded(now);
      soundWarning(devices?.inUse.ringer?.id ?? '');
    }
    const [first] = told;
    if (!first) return;
    wasTold(told, now);
    const agentId = 'agentId' in first.subject ? first.subject.agentId : null;
    const name = boardStore.getState().board?.agents.get(agentId ?? '')?.name ?? '';
    const title = words.alertTitle(first, name);
    const more = told.length > 1 ? t('andMore', { count: told.length - 1 }) : '';
    const text = [words.alertLimit(first), more].filter(Boolean).join(' · ');
    if (!document.hasFocus()) tellBySystem(bridge, title, text);
    else if (!window.location.hash.startsWith('#/board')) {
      tellWarning(title, { label: t('openBoard'), run: () => goTo('board') });
    }
  }

  const latest = useRef(callOut);
  latest.current = callOut;
  return latest.current;
}

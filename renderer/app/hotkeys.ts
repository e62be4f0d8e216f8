import { useEffect, useRef } from 'react';
import { matchesKeys } from '../ui/keys.ts';

/**
 * Every shortcut of the window, in the order of the keyboard map: Alt is the call, Ctrl is the work.
 * The words stand in `shell:keys.<id>`.
 */
export const shortcuts = {
  'call.answer': { keys: 'Alt+A', group: 'ring' },
  'call.reject': { keys: 'Alt+R', group: 'ring' },
  'call.openCard': { keys: 'Alt+O', group: 'ring' },
  'match.pick': { keys: 'Alt+1', shown: 'Alt+1…9', group: 'who' },
  'match.none': { keys: 'Alt+0', group: 'who' },
  'match.without': { keys: 'Ctrl+U', group: 'who' },
  'call.mute': { keys: 'Alt+M', group: 'talk' },
  'call.hold': { keys: 'Alt+H', group: 'talk' },
  'call.transfer': { keys: 'Alt+T', group: 'talk' },
  'call.conference': { keys: 'Alt+C', group: 'talk' },
  'call.swap': { keys: 'Alt+S', group: 'talk' },
  'call.keypad': { keys: 'Alt+K', group: 'talk' },
  'call.record': { keys: 'Alt+P', group: 'talk' },
  'call.script': { keys: 'Alt+G', group: 'talk' },
  'call.end': { keys: 'Alt+E', group: 'talk' },
  'call.endOther': { keys: 'Alt+Shift+E', group: 'talk' },
  'work.search': { keys: 'Ctrl+K', group: 'work' },
  'work.ticket': { keys: 'Ctrl+N', also: 'Alt+Shift+N', group: 'work' },
  'work.save': { keys: 'Ctrl+S', group: 'work' },
  'work.knowledge': { keys: 'Ctrl+E', group: 'work' },
  'work.insertArticle': { keys: 'Alt+I', group: 'work' },
  'work.visit': { keys: 'Alt+V', group: 'work' },
  'work.ask': { keys: 'Alt+Q', group: 'work' },
  'work.help': { keys: 'Ctrl+H', also: 'Alt+Shift+H', group: 'work' },
  'work.message': { keys: 'Alt+Y', group: 'work' },
  'work.nextRegion': { keys: 'F6', group: 'work' },
  'work.previousRegion': { keys: 'Shift+F6', group: 'work' },
  'wrapUp.disposition': { keys: 'Ctrl+D', group: 'wrapUp' },
  'wrapUp.result': { keys: 'Alt+1', shown: 'Alt+1…4', group: 'wrapUp' },
  'wrapUp.notes': { keys: 'Ctrl+;', group: 'wrapUp' },
  'wrapUp.link': { keys: 'Ctrl+L', group: 'wrapUp' },
  'wrapUp.park': { keys: 'Ctrl+.', group: 'wrapUp' },
  'wrapUp.extend': { keys: 'Alt+X', group: 'wrapUp' },
  'wrapUp.finish': { keys: 'Ctrl+Enter', group: 'wrapUp' },
  'wrapUp.finishBreak': { keys: 'Ctrl+Shift+Enter', group: 'wrapUp' },
  'agent.state': { keys: 'Alt+W', group: 'between' },
  'agent.backlog': { keys: 'Alt+B', group: 'between' },
  'work.dial': { keys: 'Ctrl+J', group: 'between' },
  'call.redial': { keys: 'Alt+L', group: 'between' },
  'work.devices': { keys: 'Ctrl+,', group: 'between' },
  'work.outbox': { keys: 'Ctrl+I', group: 'between' },
  'work.keys': { keys: 'Ctrl+/', group: 'between' },
  // Plain letters belong to the list or the ticket that has the focus; a step has its own where it is open.
  'list.move': { keys: 'J', shown: 'J K', group: 'ticket' },
  'list.choose': { keys: 'X', group: 'ticket' },
  'list.filter': { keys: '/', group: 'ticket' },
  'ticket.acknowledge': { keys: 'Q', group: 'ticket' },
  'ticket.assign': { keys: 'A', group: 'ticket' },
  'ticket.start': { keys: 'S', group: 'ticket' },
  'ticket.wait': { keys: 'P', group: 'ticket' },
  'ticket.resolve': { keys: 'R', group: 'ticket' },
  'ticket.visit': { keys: 'V', group: 'ticket' },
  'ticket.close': { keys: 'C', group: 'ticket' },
  'ticket.reopen': { keys: 'O', group: 'ticket' },
  'ticket.return': { keys: 'T', group: 'ticket' },
  'ticket.escalate': { keys: 'E', group: 'ticket' },
  'ticket.note': { keys: 'N', group: 'ticket' },
  'ticket.reply': { keys: 'M', group: 'ticket' },
  'ticket.edit': { keys: 'D', group: 'ticket' },
  'ticket.watch': { keys: 'W', group: 'ticket' },
  'ticket.link': { keys: 'L', group: 'ticket' },
  'ticket.attach': { keys: 'F', group: 'ticket' },
  // Plain letters belong to the agent's tile that has the focus.
  'board.listen': { keys: 'L', group: 'board' },
  'board.whisper': { keys: 'W', group: 'board' },
  'board.barge': { keys: 'B', group: 'board' },
  'board.menu': { keys: 'Shift+F10', group: 'board' },
  'board.wall': { keys: 'F11', group: 'board' },
} as const satisfies Record<string, Shortcut>;

interface Shortcut {
  keys: string;
  /** A second way where a browser keeps the first for itself. */
  also?: string;
  /** What the keyboard map prints, where one line stands for several keys. */
  shown?: string;
  group: 'ring' | 'who' | 'talk' | 'work' | 'wrapUp' | 'between' | 'ticket' | 'board';
}

export type ShortcutId = keyof typeof shortcuts;
export const shortcutGroups = [
  'ring',
  'who',
  'talk',
  'work',
  'wrapUp',
  'between',
  'ticket',
  'board',
] as const;

export function keysOf(id: ShortcutId): string {
  return shortcuts[id].keys;
}

interface Binding {
  matches: (event: KeyboardEvent) => boolean;
  run: (event: KeyboardEvent) => void;
}

const bindings: Binding[] = [];

function onKeyDown(event: KeyboardEvent): void {
  // A key that belongs to an input method, such as Pinyin, is never ours.
  if (event.isComposing || event.key === 'Process' || event.defaultPrevented) return;
  const binding = bindings.findLast((one) => one.matches(event));
  if (!binding) return;
  event.preventDefault();
  if (!event.repeat) binding.run(event);
}

function bind(binding: Binding): () => void {
  if (bindings.length === 0) window.addEventListener('keydown', onKeyDown);
  bindings.push(binding);
  return () => {
    bindings.splice(bindings.indexOf(binding), 1);
    if (bindings.length === 0) window.removeEventListener('keydown', onKeyDown);
  };
}

/** Listens to raw key combinations; the newest listener goes first, inputs do not stop it. */
export function useKeys(
  keys: readonly string[],
  run: (event: KeyboardEvent, keys: string) => void,
  enabled = true,
): void {
  const latest = useRef(run);
  latest.current = run;
  const joined = keys.join(' ');
  useEffect(() => {
    if (!enabled) return;
    const all = joined.split(' ');
    const find = (event: KeyboardEvent) => all.find((one) => matchesKeys(event, one));
    return bind({
      matches: (event) => find(event) !== undefined,
      run: (event) => latest.current(event, find(event) ?? ''),
    });
  }, [joined, enabled]);
}

/** Binds a shortcut of the map while the component is there and `enabled`. */
export function useShortcut(id: ShortcutId, run: () => void, enabled = true): void {
  const shortcut: Shortcut = shortcuts[id];
  useKeys(shortcut.also ? [shortcut.keys, shortcut.also] : [shortcut.keys], run, enabled);
}

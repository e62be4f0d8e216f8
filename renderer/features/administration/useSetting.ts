import { useCallback, useEffect, useState } from 'react';
import type { SettingKey } from '#shared/domain/configuration.ts';
import type { Failure } from '#shared/result.ts';
import type { SettingState } from '#shared/sync/settings.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useDraft } from '../fields/useDraft.ts';

type Value = Record<string, unknown>;

interface Kept {
  /** What was changed here and is not saved yet, and the version it was made from. */
  value: Value | null;
  version: number;
}

export interface Setting {
  /** What is edited; null until the centre has answered, and the draft is here. */
  value: Value | null;
  /** What counts at the centre now. */
  held: SettingState | null;
  loading: boolean;
  changed: boolean;
  saving: boolean;
  /** Why it could not be read, or saved. */
  failure: Failure | null;
  /** Somebody else has set it since the edited version was read. */
  overtaken: boolean;
  change: (value: Value) => void;
  save: () => Promise<boolean>;
  /** What was typed goes; the value of the centre is shown. */
  discard: () => void;
  /** Keeps what was typed, and puts it over what somebody else has set. */
  takeOver: () => void;
  reload: () => void;
}

function readKept(stored: unknown): Partial<Kept> | null {
  if (typeof stored !== 'object' || stored === null || !('value' in stored)) return null;
  const { value, version } = stored as Kept;
  return typeof value === 'object' && typeof version === 'number' ? { value, version } : null;
}

/** One part of the configuration, edited with a draft that survives a reload and a crash. */
export function useSetting(key: SettingKey): Setting {
  const invoke = useInvoke();
  const draft = useDraft<Kept>(`configuration:${key}`, { value: null, version: 0 }, readKept);
  const [held, setHeld] = useState<SettingState | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [saving, setSaving] = useState(false);
  const [asked, setAsked] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` counts the wishes to read again
  useEffect(() => {
    let wanted = true;
    void invoke('configuration.read', { key }).then((result) => {
      if (!wanted) return;
      if (result.ok) setHeld(result.value);
      setFailure(result.ok ? null : result.error);
    });
    return () => {
      wanted = false;
    };
  }, [invoke, key, asked]);

  const edited = draft.value.value;
  const changed =
    edited !== null && held !== null && JSON.stringify(edited) !== JSON.stringify(held.value);
  const overtaken = changed && draft.value.version !== held.version;

  // The draft itself stays: what is typed after saving is kept as well.
  const clear = useCallback(() => draft.change({ value: null, version: 0 }), [draft.change]);

  async function save(): Promise<boolean> {
    if (edited === null || held === null) return false;
    setSaving(true);
    const { version } = draft.value;
    const result = await invoke('configuration.save', { key, value: edited, version });
    setSaving(false);
    setFailure(result.ok ? null : result.error);
    if (!result.ok) {
      if (result.error.code === 'conflict') setAsked((count) => count + 1);
      return false;
    }
    setHeld(result.value);
    clear();
    return true;
  }

  return {
    value: held === null || !draft.ready ? null : (edited ?? held.value),
    held,
    loading: failure === null && (held === null || !draft.ready),
    changed,
    saving,
    failure,
    overtaken,
    change: (value) =>
      draft.change({ value, ...(edited === null && { version: held?.version ?? 0 }) }),
    save,
    discard: clear,
    takeOver: () => draft.change({ version: held?.version ?? 0 }),
    reload: () => setAsked((count) => count + 1),
  };
}

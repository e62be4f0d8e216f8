import { useCallback, useState } from 'react';
import { maxPieceBytes } from '#shared/contract/methods/importing.ts';
import type { Failure } from '#shared/result.ts';
import type { ImportKind, ImportView } from '#shared/sync/importing.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { useLanguage } from '../../i18n/useFormat.ts';
import { base64Of } from './fileBytes.ts';

export interface UploadState {
  fileName: string | null;
  /** 0 to 1. */
  share: number;
  failure: Failure | null;
}

const idle: UploadState = { fileName: null, share: 0, failure: null };

interface Begun {
  file: File;
  view: ImportView;
}

/** Sends a chosen file in pieces; one that stopped goes on where it was. */
export function useUpload(onDone: (importId: string) => void): UploadState & {
  send: (kind: ImportKind, file: File) => Promise<void>;
  goOn: () => Promise<void>;
} {
  const invoke = useInvoke();
  const language = useLanguage();
  const [state, setState] = useState<UploadState>(idle);
  const [begun, setBegun] = useState<Begun | null>(null);

  const pieces = useCallback(
    async ({ file, view: first }: Begun) => {
      let view = first;
      while (view.received < file.size) {
        setState({ fileName: file.name, share: view.received / file.size, failure: null });
        const offset = view.received;
        const base64 = await base64Of(file.slice(offset, offset + maxPieceBytes));
        const sent = await invoke('importing.upload', { importId: view.id, offset, base64 });
        if (!sent.ok) {
          setBegun({ file, view });
          setState((now) => ({ ...now, failure: sent.error }));
          return;
        }
        view = sent.value;
      }
      setBegun(null);
      setState(idle);
      onDone(view.id);
    },
    [invoke, onDone],
  );

  const send = useCallback(
    async (kind: ImportKind, file: File) => {
      setState({ fileName: file.name, share: 0, failure: null });
      const { name: fileName, size } = file;
      const made = await invoke('importing.create', { kind, fileName, size, language });
      if (!made.ok) return setState({ ...idle, failure: made.error });
      await pieces({ file, view: made.value });
    },
    [invoke, language, pieces],
  );
  const goOn = useCallback(async () => {
    if (begun) await pieces(begun);
  }, [begun, pieces]);
  return { ...state, send, goOn };
}

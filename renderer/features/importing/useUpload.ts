import { useCallback, useEffect, useRef, useState } from 'react';
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
  /** The file that was chosen has nothing in it. */
  empty: boolean;
}

const idle: UploadState = { fileName: null, share: 0, failure: null, empty: false };

interface Begun {
  file: File;
  view: ImportView;
  stopped: boolean;
}

/**
 * Sends a chosen file in pieces; one that stopped goes on where it was. It goes on as well while another page is on
 * the screen; then nobody is taken to the import when it is done.
 */
export function useUpload(onDone: (importId: string) => void): UploadState & {
  send: (kind: ImportKind, file: File) => Promise<void>;
  goOn: () => Promise<void>;
  /** Give up, and leave nothing of the file on the server. */
  stop: () => Promise<void>;
} {
  const invoke = useInvoke();
  const language = useLanguage();
  const [state, setState] = useState<UploadState>(idle);
  const begun = useRef<Begun | null>(null);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  const pieces = useCallback(
    async (upload: Begun) => {
      const { file } = upload;
      while (upload.view.received < file.size) {
        const { id, received: offset } = upload.view;
        setState({ ...idle, fileName: file.name, share: offset / file.size });
        const base64 = await base64Of(file.slice(offset, offset + maxPieceBytes)).catch(() => null);
        if (upload.stopped) return;
        if (base64 === null) return setState((now) => ({ ...now, failure: unreadable }));
        const sent = await invoke('importing.upload', { importId: id, offset, base64 });
        if (upload.stopped) return;
        if (!sent.ok) return setState((now) => ({ ...now, failure: sent.error }));
        upload.view = sent.value;
      }
      begun.current = null;
      setState(idle);
      if (isShown.current) onDone(upload.view.id);
    },
    [invoke, onDone],
  );

  const send = useCallback(
    async (kind: ImportKind, file: File) => {
      const { name: fileName, size } = file;
      if (size === 0) return setState({ ...idle, empty: true });
      setState({ ...idle, fileName });
      const made = await invoke('importing.create', { kind, fileName, size, language });
      if (!made.ok) return setState({ ...idle, failure: made.error });
      begun.current = { file, view: made.value, stopped: false };
      await pieces(begun.current);
    },
    [invoke, language, pieces],
  );
  const goOn = useCallback(async () => {
    if (begun.current) await pieces(begun.current);
  }, [pieces]);
  const stop = useCallback(async () => {
    const upload = begun.current;
    if (!upload) return;
    upload.stopped = true;
    begun.current = null;
    setState(idle);
    const gone = await invoke('importing.remove', { importId: upload.view.id });
    if (!gone.ok) setState({ ...idle, failure: gone.error });
  }, [invoke]);
  return { ...state, send, goOn, stop };
}

/** A file that was moved, changed or unplugged after it was chosen. */
const unreadable: Failure = { code: 'file-unreadable', message: 'the chosen file cannot be read' };

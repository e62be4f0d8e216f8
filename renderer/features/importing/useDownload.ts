import { useCallback, useState } from 'react';
import type { OutputOf } from '#shared/contract/contract.ts';
import type { Failure, Result } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { bytesOf } from './fileBytes.ts';

type Opened = OutputOf<'exporting.open'>;

export interface DownloadState {
  going: boolean;
  /** Bytes that came so far. */
  bytes: number;
  failure: Failure | null;
  /** Name of the file that was saved. */
  saved: string | null;
}

const idle: DownloadState = { going: false, bytes: 0, failure: null, saved: null };

/** Fetch a file that the desk opens, piece by piece, and hand it to the browser to save under `name`. */
export function useDownload(): DownloadState & {
  start: (open: Promise<Result<Opened>>, name?: string) => Promise<void>;
} {
  const invoke = useInvoke();
  const [state, setState] = useState<DownloadState>(idle);

  const start = useCallback(
    async (open: Promise<Result<Opened>>, name?: string) => {
      setState({ ...idle, going: true });
      const opened = await open;
      if (!opened.ok) return setState({ ...idle, failure: opened.error });
      const { downloadId, fileName } = opened.value;
      const parts: Blob[] = [];
      let bytes = 0;
      for (;;) {
        const piece = await invoke('files.next', { downloadId });
        if (!piece.ok) return setState({ ...idle, failure: piece.error });
        const { base64 } = piece.value;
        if (base64 === null) break;
        // A blob of its own lets the browser keep large files on the disk.
        const part = new Blob([bytesOf(base64)]);
        bytes += part.size;
        parts.push(part);
        setState({ ...idle, going: true, bytes });
      }
      const saved = name ?? fileName;
      const file = new Blob(parts);
      if (!(await isWhole(file))) return setState({ ...idle, failure: noRoom });
      save(file, saved);
      setState({ ...idle, bytes, saved });
    },
    [invoke],
  );
  return { ...state, start };
}

const noRoom: Failure = { code: 'disk-full', message: 'the browser could not keep the file' };

/** The browser keeps large files on the disk; where that is full it makes a blob that cannot be read. */
async function isWhole(file: Blob): Promise<boolean> {
  return file
    .slice(-1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

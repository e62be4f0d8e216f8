import { useCallback, useEffect, useRef, useState } from 'react';
import { newId } from '#shared/domain/ids.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { bytesOf } from '../importing/fileBytes.ts';
import type { Speed } from './waveform.ts';

export interface Sound {
  state: 'absent' | 'loading' | 'playing' | 'paused';
  failure: Failure | null;
  atMs: number;
  speed: Speed;
  toggle: () => void;
  /** Before the sound is here it is where it will begin. */
  seek: (ms: number) => void;
  setSpeed: (speed: Speed) => void;
}

/** The sound of a recording, fetched when it is played for the first time. */
export function useSound(callRef: string): Sound {
  const invoke = useInvoke();
  const audio = useRef<HTMLAudioElement | null>(null);
  const gone = useRef(false);
  const [state, setState] = useState<Sound['state']>('absent');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [atMs, setAtMs] = useState(0);
  const [speed, setSpeed] = useState<Speed>(1);

  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      const playing = audio.current;
      audio.current = null;
      if (!playing) return;
      playing.pause();
      URL.revokeObjectURL(playing.src);
    };
  }, []);

  const fetched = useCallback(async (): Promise<Blob | null> => {
    const opened = await invoke('recordings.open', { callRef, playId: newId() });
    if (!opened.ok) {
      setFailure(opened.error);
      return null;
    }
    const { downloadId } = opened.value;
    const parts: Uint8Array<ArrayBuffer>[] = [];
    while (!gone.current) {
      const piece = await invoke('files.next', { downloadId });
      if (!piece.ok) {
        setFailure(piece.error);
        return null;
      }
      if (piece.value.base64 === null) return new Blob(parts, { type: 'audio/wav' });
      parts.push(bytesOf(piece.value.base64));
    }
    void invoke('files.close', { downloadId });
    return null;
  }, [invoke, callRef]);

  async function begin(): Promise<void> {
    setState('loading');
    setFailure(null);
    const file = await fetched();
    if (gone.current) return;
    if (!file) return setState('absent');
    const made = new Audio(URL.createObjectURL(file));
    audio.current = made;
    made.playbackRate = speed;
    made.currentTime = atMs / 1_000;
    made.addEventListener('timeupdate', () => setAtMs(Math.round(made.currentTime * 1_000)));
    made.addEventListener('play', () => setState('playing'));
    made.addEventListener('pause', () => setState('paused'));
    made.addEventListener('error', () => {
      setFailure({ code: 'file-unreadable', message: 'the recording cannot be played' });
      setState('absent');
      audio.current = null;
    });
    await made.play().catch(() => setState('paused'));
  }

  return {
    state,
    failure,
    atMs,
    speed,
    toggle() {
      const made = audio.current;
      if (state === 'loading') return;
      if (!made) void begin();
      else if (made.paused) void made.play().catch(() => undefined);
      else made.pause();
    },
    seek(ms) {
      setAtMs(ms);
      if (audio.current) audio.current.currentTime = ms / 1_000;
    },
    setSpeed(next) {
      setSpeed(next);
      if (audio.current) audio.current.playbackRate = next;
    },
  };
}

import type { Page } from 'playwright-core';

/** In the page: far sides by session, each says one tone, and what it hears can be asked. */
interface FarSidePage {
  call(session: string, hz: number): Promise<void>;
  renegotiate(session: string, hold: boolean): Promise<void>;
  hears(session: string, hz: number): boolean;
  leave(session: string): void;
}

declare global {
  interface Window {
    farSides: FarSidePage;
  }
}

/** The microphone of the agent says this tone. */
export const agentHz = 600;

/**
 * Far sides of calls within the page itself, without a PBX: each says a tone of its own, so that it can be told who hears
 * whom. To be installed before the page loads; it puts the agent's tone in the place of the microphone too.
 */
export async function installFarSides(page: Page): Promise<void> {
  await page.addInitScript(farSidesInPage, agentHz);
}

/** Runs within the page; nothing of the outside reaches in. */
function farSidesInPage(microphoneHz: number): void {
  const state: { context?: AudioContext } = {};
  const contextOf = (): AudioContext => {
    state.context ??= new AudioContext();
    return state.context;
  };
  function tone(hz: number): MediaStream {
    const context = contextOf();
    const oscillator = context.createOscillator();
    const out = context.createMediaStreamDestination();
    oscillator.frequency.value = hz;
    oscillator.connect(out);
    oscillator.start();
    return out.stream;
  }
  navigator.mediaDevices.getUserMedia = async () => tone(microphoneHz);

  interface FarSide {
    peer: RTCPeerConnection;
    analyser: AnalyserNode;
    audio: HTMLAudioElement;
  }
  const all = new Map<string, FarSide>();
  const of = (session: string): FarSide => {
    const one = all.get(session);
    if (!one) throw new Error(`no far side ${session}`);
    return one;
  };

  function make(session: string, hz: number): FarSide {
    const peer = new RTCPeerConnection();
    const analyser = contextOf().createAnalyser();
    analyser.fftSize = 4_096;
    analyser.smoothingTimeConstant = 0;
    const audio = new Audio();
    audio.muted = true;
    peer.addEventListener('track', ({ track }) => {
      const stream = new MediaStream([track]);
      audio.srcObject = stream;
      void audio.play();
      contextOf().createMediaStreamSource(stream).connect(analyser);
    });
    for (const track of tone(hz).getTracks()) peer.addTrack(track);
    const side = { peer, analyser, audio };
    all.set(session, side);
    return side;
  }

  async function connect(session: string, hold: boolean): Promise<void> {
    const { peer } = of(session);
    const described = await window.runMedia('describe', { session, hold, gatherMs: 1_000 });
    if (!described.ok) throw new Error(described.error.message);
    await peer.setRemoteDescription(described.value);
    await peer.setLocalDescription(await peer.createAnswer());
    while (peer.iceGatheringState !== 'complete') {
      await new Promise((resolve) =>
        peer.addEventListener('icegatheringstatechange', resolve, { once: true }),
      );
    }
    const sdp = peer.localDescription?.sdp ?? '';
    const accepted = await window.runMedia('accept', { session, sdp });
    if (!accepted.ok) throw new Error(accepted.error.message);
  }

  window.farSides = {
    async call(session, hz) {
      make(session, hz);
      await connect(session, false);
    },
    renegotiate: connect,
    hears(session, hz) {
      const { analyser } = of(session);
      const bins = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(bins);
      const width = contextOf().sampleRate / analyser.fftSize;
      const at = Math.round(hz / width);
      return Math.max(...bins.slice(at - 2, at + 3)) > -50;
    },
    leave(session) {
      of(session).peer.close();
      all.delete(session);
    },
  };
}

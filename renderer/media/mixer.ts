/** A call as the mixer needs it. */
export interface MixedCall {
  far(): MediaStream | null;
  sends(): boolean;
  isMuted(): boolean;
  sendMix(mix: MediaStreamTrack | null): Promise<void>;
}

export interface MixerSources {
  context(): AudioContext;
  microphone(): MediaStream | null;
  call(session: string): MixedCall | null;
}

interface Line {
  call: MixedCall;
  far: MediaStream;
  source: MediaStreamAudioSourceNode;
  /** The microphone's way into this line; closed while the call is muted. */
  voice: GainNode;
  out: MediaStreamAudioDestinationNode;
}

/**
 * The conference: every far side hears the microphone and all others, not itself; the agent hears all through the calls'
 * own elements, which Chromium also needs for a remote stream to flow into Web Audio at all.
 */
export class Mixer {
  #sources: MixerSources;
  #wanted: readonly string[] = [];
  #lines = new Map<string, Line>();
  #voice: { stream: MediaStream; source: MediaStreamAudioSourceNode } | null = null;

  constructor(sources: MixerSources) {
    this.#sources = sources;
  }

  /** These sessions from now on; those without audio yet join as soon as they have it. Fewer than two: none. */
  mix(sessions: readonly string[]): void {
    this.#wanted = [...new Set(sessions)];
    this.refresh();
  }

  /** Looks at calls and microphone anew. */
  refresh(): void {
    if (this.#wanted.length === 0 && this.#lines.size === 0) return;
    const members = this.#members();
    for (const [session, line] of this.#lines) {
      const now = members.get(session);
      if (now?.call !== line.call || now.far !== line.far) this.#leave(session, line);
    }
    for (const [session, member] of members) {
      if (!this.#lines.has(session)) this.#join(session, member.call, member.far);
    }
    this.#followMicrophone();
    for (const { call, voice } of this.#lines.values()) voice.gain.value = call.isMuted() ? 0 : 1;
  }

  #members(): Map<string, { call: MixedCall; far: MediaStream }> {
    const members = new Map<string, { call: MixedCall; far: MediaStream }>();
    for (const session of this.#wanted) {
      const call = this.#sources.call(session);
      const far = call?.far();
      if (call?.sends() && far) members.set(session, { call, far });
    }
    return members.size < 2 ? new Map() : members;
  }

  #join(session: string, call: MixedCall, far: MediaStream): void {
    const context = this.#sources.context();
    const line: Line = {
      call,
      far,
      source: context.createMediaStreamSource(far),
      voice: context.createGain(),
      out: context.createMediaStreamDestination(),
    };
    line.voice.connect(line.out);
    this.#voice?.source.connect(line.voice);
    for (const other of this.#lines.values()) {
      other.source.connect(line.out);
      line.source.connect(other.out);
    }
    this.#lines.set(session, line);
    const [mix] = line.out.stream.getAudioTracks();
    call.sendMix(mix ?? null).catch(() => undefined);
  }

  #leave(session: string, line: Line): void {
    this.#lines.delete(session);
    line.source.disconnect();
    line.voice.disconnect();
    for (const other of this.#lines.values()) other.source.disconnect(line.out);
    this.#voice?.source.disconnect(line.voice);
    line.call.sendMix(null).catch(() => undefined);
  }

  #followMicrophone(): void {
    const wanted = this.#lines.size === 0 ? null : this.#sources.microphone();
    if (this.#voice && this.#voice.stream === wanted) return;
    this.#voice?.source.disconnect();
    this.#voice = null;
    if (!wanted || wanted.getAudioTracks().length === 0) return;
    const source = this.#sources.context().createMediaStreamSource(wanted);
    for (const { voice } of this.#lines.values()) source.connect(voice);
    this.#voice = { stream: wanted, source };
  }
}

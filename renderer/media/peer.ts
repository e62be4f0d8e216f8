import type { MediaEvent, MediaStats } from '#shared/contract/media.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { toSink } from './audioContext.ts';
import { gathered } from './gathering.ts';
import { readStats } from './mediaStats.ts';
import type { Microphone } from './microphone.ts';

const digitMs = 120;
const gapMs = 80;

export interface PeerHooks {
  report(event: MediaEvent): void;
  /** Whatever mixes or measures looks anew: another voice came, the way out is there, mute changed. */
  changed(): void;
}

/** One call's audio: a peer connection, the clone of the microphone it sends, the element that plays. */
export class Peer {
  #peer = new RTCPeerConnection({
    iceServers: [],
    bundlePolicy: 'max-bundle',
    rtcpMuxPolicy: 'require',
  });
  #audio = new Audio();
  #far: MediaStream | null = null;
  #microphone: Microphone;
  #changed: () => void;
  #sender: RTCRtpSender | null = null;
  /** What goes out instead of the microphone alone. */
  #mix: MediaStreamTrack | null = null;
  #isMuted = false;
  /** As both sides agreed. */
  #isHeld = false;
  /** As the description under way says. */
  #willHold = false;

  constructor(session: string, microphone: Microphone, { report, changed }: PeerHooks) {
    this.#microphone = microphone;
    this.#changed = changed;
    this.#audio.autoplay = true;
    this.#peer.addEventListener('track', (event) => {
      this.#far = event.streams[0] ?? new MediaStream([event.track]);
      this.#audio.srcObject = this.#far;
      this.#audio.play().catch(() => undefined);
      changed();
    });
    this.#peer.addEventListener('connectionstatechange', () => {
      report({ type: 'connection', session, state: this.#peer.connectionState });
    });
  }

  /** What the far side says, while the agent hears it. */
  far(): MediaStream | null {
    return this.#far;
  }

  /** Whether something goes out that could be mixed. */
  sends(): boolean {
    return this.#sender !== null;
  }

  isMuted(): boolean {
    return this.#isMuted;
  }

  /** Plays on this loudspeaker, also in the middle of the call; an empty id is the system's choice. */
  setSpeaker(id: string): void {
    if (id === this.#audio.sinkId) return;
    toSink(this.#audio, id).catch(() => undefined);
  }

  /** Makes and sets the local description: an answer where the far side has offered. */
  async describe(
    hold: boolean,
    gatherMs: number,
  ): Promise<Result<{ type: 'offer' | 'answer'; sdp: string }>> {
    const ready = await this.#addMicrophone();
    if (!ready.ok) return ready;
    this.#willHold = hold;
    this.#applyDirection(hold);
    const answers = this.#peer.signalingState === 'have-remote-offer';
    const description = answers ? await this.#peer.createAnswer() : await this.#peer.createOffer();
    await this.#peer.setLocalDescription(description);
    if (answers) this.#isHeld = hold;
    await gathered(this.#peer, gatherMs);
    const sdp = this.#peer.localDescription?.sdp;
    if (!sdp) return fail('media-failed', 'no local description');
    return ok({ type: answers ? 'answer' : 'offer', sdp });
  }

  /** The far side's description: an answer where this side has offered. */
  async accept(sdp: string): Promise<void> {
    const isAnswer = this.#peer.signalingState === 'have-local-offer';
    await this.#peer.setRemoteDescription({ type: isAnswer ? 'answer' : 'offer', sdp });
    if (isAnswer) this.#isHeld = this.#willHold;
  }

  /** Back to what both sides agreed last. */
  async rollback(): Promise<void> {
    if (this.#peer.signalingState === 'have-local-offer') {
      await this.#peer.setLocalDescription({ type: 'rollback' });
    } else if (this.#peer.signalingState === 'have-remote-offer') {
      await this.#peer.setRemoteDescription({ type: 'rollback', sdp: '' });
    }
    this.#willHold = this.#isHeld;
    this.#applyDirection(this.#isHeld);
  }

  mute(on: boolean): void {
    this.#isMuted = on;
    this.#applyTrack();
    this.#changed();
  }

  /** False where the far side takes no telephone-event (RFC 4733). */
  digits(digits: string): boolean {
    const dtmf = this.#sender?.dtmf;
    if (!dtmf?.canInsertDTMF) return false;
    // Digits still being played stay in front.
    dtmf.insertDTMF(dtmf.toneBuffer + digits, digitMs, gapMs);
    return true;
  }

  async stats(): Promise<MediaStats> {
    const report = await this.#peer.getStats();
    return readStats(this.#peer.connectionState, report as unknown as Map<string, never>);
  }

  /** Sends from another microphone stream, in the middle of the call and without a gap. */
  async sendFrom(stream: MediaStream): Promise<void> {
    const [track] = stream.getAudioTracks();
    if (!track || this.#mix) return;
    await this.#send(track.clone());
  }

  /** Sends this mix, in which mute is the mixer's; null: the microphone again. */
  async sendMix(mix: MediaStreamTrack | null): Promise<void> {
    if (mix === this.#mix) return;
    this.#mix = mix;
    if (mix) {
      await this.#send(mix);
      return;
    }
    const opened = await this.#microphone.open();
    const isMixedAgain = this.#mix !== null;
    if (opened.ok && !isMixedAgain) await this.sendFrom(opened.value);
  }

  close(): void {
    this.#sender?.track?.stop();
    this.#peer.close();
    this.#audio.pause();
    this.#audio.srcObject = null;
    this.#far = null;
    this.#changed();
  }

  async #send(track: MediaStreamTrack): Promise<void> {
    const before = this.#sender?.track;
    track.enabled = this.#isHeard();
    const isTaken = await this.#sender?.replaceTrack(track).then(
      () => true,
      () => false,
    );
    if (!isTaken) {
      // As by a call that is over: left alone, the track would keep its microphone open.
      track.stop();
      return;
    }
    before?.stop();
    this.#applyTrack();
  }

  async #addMicrophone(): Promise<Result<null>> {
    if (this.#sender) return ok(null);
    const opened = await this.#microphone.open();
    if (!opened.ok) return opened;
    if (this.#peer.signalingState === 'closed') return fail('media-failed', 'the call is over');
    const [track] = opened.value.getAudioTracks();
    if (!track) return fail('microphone-absent', 'no audio track');
    // addTrack takes the transceiver that a remote offer brought; addTransceiver would make a second one.
    this.#sender = this.#peer.addTrack(track.clone(), opened.value);
    this.#changed();
    return ok(null);
  }

  #applyDirection(held: boolean): void {
    const transceiver = this.#peer.getTransceivers().find(({ sender }) => sender === this.#sender);
    if (transceiver) transceiver.direction = held ? 'sendonly' : 'sendrecv';
    this.#applyTrack();
  }

  #applyTrack(): void {
    const track = this.#sender?.track;
    if (track) track.enabled = this.#isHeard();
  }

  /** A mix goes on without the microphone while that is muted. */
  #isHeard(): boolean {
    return !this.#willHold && (this.#mix !== null || !this.#isMuted);
  }
}

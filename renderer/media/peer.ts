import type { MediaEvent, MediaStats } from '#shared/contract/media.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { gathered } from './gathering.ts';
import { readStats } from './mediaStats.ts';
import type { Microphone } from './microphone.ts';

const digitMs = 120;
const gapMs = 80;

/** One call's audio: a peer connection, the clone of the microphone it sends, the element that plays. */
export class Peer {
  #peer = new RTCPeerConnection({
    iceServers: [],
    bundlePolicy: 'max-bundle',
    rtcpMuxPolicy: 'require',
  });
  #audio = new Audio();
  #microphone: Microphone;
  #sender: RTCRtpSender | null = null;
  #isMuted = false;
  /** As both sides agreed. */
  #isHeld = false;
  /** As the description under way says. */
  #willHold = false;

  constructor(session: string, microphone: Microphone, report: (event: MediaEvent) => void) {
    this.#microphone = microphone;
    this.#audio.autoplay = true;
    this.#peer.addEventListener('track', (event) => {
      this.#audio.srcObject = event.streams[0] ?? new MediaStream([event.track]);
      this.#audio.play().catch(() => undefined);
    });
    this.#peer.addEventListener('connectionstatechange', () => {
      report({ type: 'connection', session, state: this.#peer.connectionState });
    });
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

  /** Sends from another microphone stream, in the middle of the call. */
  async sendFrom(stream: MediaStream): Promise<void> {
    const [track] = stream.getAudioTracks();
    if (!track || !this.#sender) return;
    this.#sender.track?.stop();
    await this.#sender.replaceTrack(track.clone());
    this.#applyTrack();
  }

  close(): void {
    this.#sender?.track?.stop();
    this.#peer.close();
    this.#audio.pause();
    this.#audio.srcObject = null;
  }

  async #addMicrophone(): Promise<Result<null>> {
    if (this.#sender) return ok(null);
    const opened = await this.#microphone.open();
    if (!opened.ok) return opened;
    const [track] = opened.value.getAudioTracks();
    if (!track) return fail('microphone-absent', 'no audio track');
    // addTrack takes the transceiver that a remote offer brought; addTransceiver would make a second one.
    this.#sender = this.#peer.addTrack(track.clone(), opened.value);
    return ok(null);
  }

  #applyDirection(held: boolean): void {
    const transceiver = this.#peer.getTransceivers().find(({ sender }) => sender === this.#sender);
    if (transceiver) transceiver.direction = held ? 'sendonly' : 'sendrecv';
    this.#applyTrack();
  }

  #applyTrack(): void {
    const track = this.#sender?.track;
    if (track) track.enabled = !this.#isMuted && !this.#willHold;
  }
}

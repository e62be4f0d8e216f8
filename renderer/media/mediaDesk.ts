import type { MediaEvent } from '#shared/contract/media.ts';
import { silentContext } from './audioContext.ts';
import { ringCadence, trialCadence, waitingCadence } from './cadences.ts';
import { Devices, type OutputWish } from './devices.ts';
import { Headset } from './headset.ts';
import { Meter } from './meter.ts';
import { Microphone } from './microphone.ts';
import { Mixer } from './mixer.ts';
import { Peer } from './peer.ts';
import { Tone } from './tone.ts';

/** Everything in this page that sounds, hears or has buttons, put together. */
export class MediaDesk {
  readonly peers = new Map<string, Peer>();
  readonly tones = {
    ring: new Tone(ringCadence),
    waiting: new Tone(waitingCadence),
    trial: new Tone(trialCadence),
  };
  readonly devices: Devices;
  readonly microphone: Microphone;
  readonly mixer: Mixer;
  readonly meter: Meter;
  readonly headset: Headset;
  #report: (event: MediaEvent) => void;
  #context: AudioContext | null = null;
  #speakerId = '';

  constructor(report: (event: MediaEvent) => void) {
    this.#report = report;
    this.microphone = new Microphone({
      report,
      renewed: (stream) => this.#microphoneIs(stream),
      settled: () => this.devices.settled(),
    });
    this.devices = new Devices({
      report: (list) => report({ type: 'devices', list }),
      takeMicrophone: (wish) => this.microphone.want(wish),
      takeOutputs: (wish) => this.#takeOutputs(wish),
      openMicrophone: () => openDeviceOf(this.microphone.current()),
    });
    const context = (): AudioContext => {
      this.#context ??= silentContext();
      return this.#context;
    };
    const microphone = (): MediaStream | null => this.microphone.current();
    this.mixer = new Mixer({
      context,
      microphone,
      call: (session) => this.peers.get(session) ?? null,
    });
    this.meter = new Meter(
      { context, microphone, far: () => this.#farStreams() },
      (input, output) => report({ type: 'level', input, output }),
    );
    this.headset = new Headset({
      pressed: (button) => report({ type: 'button', button }),
      connected: (name) => this.devices.headsetIs(name),
    });
  }

  /** Follows permission, devices and headsets from now on. */
  watch(): void {
    this.microphone.watch().catch(() => undefined);
    this.devices.watch();
    this.devices.look().catch(() => undefined);
    this.headset.watch();
  }

  /** The session's peer connection, made where there is none. */
  peer(session: string): Peer {
    const known = this.peers.get(session);
    if (known) return known;
    const peer = new Peer(session, this.microphone, {
      report: this.#report,
      changed: () => this.mixer.refresh(),
    });
    peer.setSpeaker(this.#speakerId);
    this.peers.set(session, peer);
    return peer;
  }

  close(session: string): void {
    const peer = this.peers.get(session);
    this.peers.delete(session);
    peer?.close();
  }

  #microphoneIs(stream: MediaStream): void {
    for (const peer of this.peers.values()) peer.sendFrom(stream).catch(() => undefined);
    this.mixer.refresh();
    // Names of devices are there from the first open microphone on, and it may not be the wanted one.
    this.devices.look().catch(() => undefined);
  }

  #takeOutputs({ speakerId, ringerId, ringVolume }: OutputWish): void {
    const { ring, waiting, trial } = this.tones;
    ring.setSink(ringerId);
    ring.setVolume(ringVolume);
    for (const tone of [waiting, trial]) tone.setSink(speakerId);
    if (speakerId === this.#speakerId) return;
    this.#speakerId = speakerId;
    for (const peer of this.peers.values()) peer.setSpeaker(speakerId);
  }

  #farStreams(): MediaStream[] {
    return [...this.peers.values()].flatMap((peer) => peer.far() ?? []);
  }
}

function openDeviceOf(stream: MediaStream | null): { id: string; label: string } | null {
  const [track] = stream?.getAudioTracks() ?? [];
  if (track?.readyState !== 'live') return null;
  return { id: track.getSettings().deviceId ?? '', label: track.label };
}

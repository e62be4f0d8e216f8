import { randomInt } from 'node:crypto';
import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtpHeader,
  RtpPacket,
} from 'werift';
import { TelephoneEvents } from './dtmf.ts';
import { FrameQueue } from './frameQueue.ts';
import { type Level, LevelMeter } from './levelMeter.ts';
import { mediaNetwork, onlyCandidatesOf } from './mediaNetwork.ts';
import { frameBytes } from './ulaw.ts';

const pcmuPayloadType = 0;
const eventPayloadType = 101;
const gatheringTimeoutMs = 2000;

export interface MediaCounters extends Level {
  packetsIn: number;
  packetsOut: number;
}

export interface MediaLegHandlers {
  onDigit(digit: string): void;
  onFirstPacket(): void;
}

/** The audio side of one SIP session: G.711 µ-law over DTLS-SRTP with one desk. */
export class MediaLeg {
  #peer: RTCPeerConnection;
  #track = new MediaStreamTrack({ kind: 'audio' });
  #heard = new FrameQueue();
  #meter = new LevelMeter();
  #events = new TelephoneEvents();
  #handlers: MediaLegHandlers;
  #address: string;
  #sequence = randomInt(0x1_0000);
  #timestamp = randomInt(0x1_0000_0000);
  #packetsIn = 0;
  #packetsOut = 0;
  #remoteListens = true;
  #closed = false;

  constructor(options: {
    loopbackMedia: boolean;
    handlers: MediaLegHandlers;
    /** A lite agent only answers connectivity checks (RFC 8445 section 2.5); one of the two must be full. */
    ice?: 'lite' | 'full';
  }) {
    const network = mediaNetwork(options.loopbackMedia);
    this.#address = network.address;
    this.#handlers = options.handlers;
    this.#peer = new RTCPeerConnection({
      codecs: {
        audio: [
          new RTCRtpCodecParameters({
            mimeType: 'audio/PCMU',
            clockRate: 8000,
            channels: 1,
            payloadType: pcmuPayloadType,
          }),
          new RTCRtpCodecParameters({
            mimeType: 'audio/telephone-event',
            clockRate: 8000,
            channels: 1,
            payloadType: eventPayloadType,
            parameters: '0-15',
          }),
        ],
        video: [],
      },
      // Without a server of ours werift asks a public STUN server; a lite agent asks none, and nobody answers here.
      iceLite: options.ice !== 'full',
      iceServers: [{ urls: 'stun:127.0.0.1:9' }],
      iceStunGatherTimeout: 0.001,
      iceUseIpv6: false,
      iceUseTcp: false,
      bundlePolicy: 'max-bundle',
      iceInterfaceAddresses: { udp4: network.address },
      ...(network.isLoopback ? { iceAdditionalHostAddresses: [network.address] } : {}),
    });
    this.#peer.addTrack(this.#track);
    this.#peer.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) => this.#receive(packet));
    });
  }

  /** Resolves once the first candidates are in; the SDP names only addresses that are bound. */
  async createOffer(): Promise<string> {
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    return this.#localSdp();
  }

  async createAnswer(): Promise<string> {
    await this.#peer.setLocalDescription(await this.#peer.createAnswer());
    return this.#localSdp();
  }

  async setRemote(type: 'offer' | 'answer', sdp: string): Promise<void> {
    await this.#peer.setRemoteDescription({ type, sdp });
    this.#remoteListens = !/^a=(sendonly|inactive)\s*$/m.test(sdp);
  }

  async rollback(): Promise<void> {
    await this.#peer.setLocalDescription({ type: 'rollback' });
  }

  /** True while the desk holds the call: it wants to hear nothing (RFC 3264 section 8.4). */
  get isHeld(): boolean {
    return !this.#remoteListens;
  }

  get counters(): MediaCounters {
    return { ...this.#meter.level, packetsIn: this.#packetsIn, packetsOut: this.#packetsOut };
  }

  /** The next frame that came from the desk; undefined if none is there. */
  nextHeard(): Buffer | undefined {
    return this.#heard.next();
  }

  /** Sends one frame of 20 ms, unless the desk is not connected or holds the call. */
  send(frame: Buffer): void {
    this.#timestamp = (this.#timestamp + frameBytes) >>> 0;
    if (this.#closed || this.isHeld || this.#peer.connectionState !== 'connected') return;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const header = new RtpHeader({
      payloadType: pcmuPayloadType,
      sequenceNumber: this.#sequence,
      timestamp: this.#timestamp,
      marker: this.#packetsOut === 0,
    });
    this.#track.writeRtp(new RtpPacket(header, frame));
    this.#packetsOut += 1;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#heard.clear();
    this.#peer.close().catch(() => undefined);
  }

  #receive(packet: RtpPacket): void {
    if (this.#closed) return;
    if (packet.header.payloadType !== pcmuPayloadType) {
      const digit = this.#events.read(packet.payload, packet.header.timestamp);
      if (digit) this.#handlers.onDigit(digit);
      return;
    }
    this.#packetsIn += 1;
    this.#meter.hear(packet.payload);
    this.#heard.push(packet.payload);
    if (this.#packetsIn === 1) this.#handlers.onFirstPacket();
  }

  async #localSdp(): Promise<string> {
    if (this.#peer.iceGatheringState !== 'complete') {
      await this.#peer.iceGatheringStateChange
        .watch((state) => state === 'complete', gatheringTimeoutMs)
        .catch(() => undefined);
    }
    return onlyCandidatesOf(this.#address, this.#peer.localDescription?.sdp ?? '');
  }
}

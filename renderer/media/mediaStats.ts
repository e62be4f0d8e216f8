import type { MediaStats } from '#shared/contract/media.ts';

/** A statistics entry as browsers give it; every field may be missing. */
interface Entry {
  type: string;
  id: string;
  [field: string]: unknown;
}

/** Reads what the desk shows of a peer connection from its report (W3C WebRTC statistics). */
export function readStats(connection: string, report: Iterable<[string, Entry]>): MediaStats {
  const entries = [...report].map(([, entry]) => entry);
  const ofType = (type: string): Entry | undefined => entries.find((entry) => entry.type === type);
  const inbound = ofType('inbound-rtp');
  const outbound = ofType('outbound-rtp');
  const far = ofType('remote-inbound-rtp');
  const codecId = inbound?.codecId ?? outbound?.codecId;
  const codec = entries.find((entry) => entry.id === codecId)?.mimeType;
  return {
    connection,
    packetsReceived: numberOf(inbound, 'packetsReceived') ?? 0,
    packetsLost: numberOf(inbound, 'packetsLost') ?? 0,
    packetsSent: numberOf(outbound, 'packetsSent') ?? 0,
    jitterMs: inMs(numberOf(inbound, 'jitter')),
    roundTripMs: inMs(numberOf(far, 'roundTripTime')),
    energyReceived: numberOf(inbound, 'totalAudioEnergy') ?? 0,
    codec: typeof codec === 'string' ? codec : null,
    path: pathOf(entries),
  };
}

/** Both ends of the candidate pair in use, such as `host/srflx udp`. */
function pathOf(entries: Entry[]): string | null {
  const byId = (id: unknown): Entry | undefined => entries.find((entry) => entry.id === id);
  const transport = entries.find(({ type }) => type === 'transport');
  const pair = byId(transport?.selectedCandidatePairId);
  const near = byId(pair?.localCandidateId);
  const far = byId(pair?.remoteCandidateId);
  if (!near || !far) return null;
  return `${near.candidateType}/${far.candidateType} ${near.protocol}`;
}

function numberOf(entry: Entry | undefined, field: string): number | null {
  const value = entry?.[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function inMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1_000;
}

import type { Page } from 'playwright-core';

interface PluggedDevices {
  /** Takes devices of this name out of the page's sight, ends their tracks and tells that devices changed. */
  unplug(label: string): void;
  plug(label: string): void;
  /** Output devices that were taken, newest last: `audio <label>` or `tone <label>`. */
  outputs: string[];
  /** Microphones that were opened, newest last. */
  microphones: string[];
}

declare global {
  interface Window {
    plugged: PluggedDevices;
  }
}

/**
 * Plugs devices out and in for one page, and keeps which were used: Chromium has several false devices, but they stay
 * plugged in. To be installed before the page loads.
 */
export async function installPlugs(page: Page): Promise<void> {
  await page.addInitScript(plugsInPage);
}

/** Runs within the page; nothing of the outside reaches in. */
function plugsInPage(): void {
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  const list = devices.enumerateDevices.bind(devices);
  const gone = new Set<string>();
  const tracks = new Set<MediaStreamTrack>();
  const labels = new Map<string, string>();
  const outputs: string[] = [];
  const microphones: string[] = [];

  devices.enumerateDevices = async () => {
    const all = await list();
    for (const { deviceId, label } of all) labels.set(deviceId, label);
    return all.filter(({ label }) => !gone.has(label));
  };
  devices.getUserMedia = async (constraints) => {
    const audio = typeof constraints?.audio === 'object' ? constraints.audio : {};
    const wanted = (audio.deviceId as { exact?: string } | undefined)?.exact;
    if (wanted && gone.has(labels.get(wanted) ?? '')) {
      throw new DOMException('unplugged', 'OverconstrainedError');
    }
    const stream = await open(constraints);
    for (const track of stream.getTracks()) {
      tracks.add(track);
      microphones.push(track.label);
    }
    return stream;
  };

  function watchSinks(kind: string, prototype: { setSinkId(id: string): Promise<void> }): void {
    const set = prototype.setSinkId;
    prototype.setSinkId = async function (id) {
      if (typeof id === 'string') outputs.push(`${kind} ${labels.get(id) ?? id}`);
      await set.call(this, id);
    };
  }
  watchSinks('audio', HTMLMediaElement.prototype);
  watchSinks('tone', AudioContext.prototype as never);

  const changed = () => devices.dispatchEvent(new Event('devicechange'));
  window.plugged = {
    outputs,
    microphones,
    unplug(label) {
      gone.add(label);
      for (const track of tracks) {
        if (track.label !== label) continue;
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
      changed();
    },
    plug(label) {
      gone.delete(label);
      changed();
    },
  };
}

/** At most 200 ms: what comes later than that is better left out than played late. */
const capacity = 10;

/** Frames on their way from one leg to another; the oldest give way. */
export class FrameQueue {
  #frames: Buffer[] = [];

  push(frame: Buffer): void {
    this.#frames.push(frame);
    if (this.#frames.length > capacity) this.#frames.shift();
  }

  next(): Buffer | undefined {
    return this.#frames.shift();
  }

  clear(): void {
    this.#frames = [];
  }
}

/** One side of a conversation: a desk's leg or a simulated person. */
export interface Endpoint {
  /** The next 20 ms of µ-law audio this side says; undefined if it says nothing now. */
  next(): Buffer | undefined;
  /** Takes 20 ms of what the other side says. */
  hear(frame: Buffer): void;
  /** Ends this side without telling anybody but itself. */
  hangUp(): void;
}

import type { BoardMessage, BoardWatch } from '#shared/sync/board.ts';

export interface BoardListener {
  /** Everything, or what has changed since the message before: none is missing in between. */
  heard(message: BoardMessage): void;
  /** The server can be asked (again), and everything will come. */
  asked(): void;
  /** What was heard is all there is until `asked`. */
  lost(): void;
}

export interface BoardWatching {
  /** From now on this listener hears the board; null: nobody any more. */
  watch(listener: BoardListener | null): void;
  /** A new connection: the server knows nothing of what was asked on the one before. */
  welcomed(): void;
  lost(): void;
  heard(message: BoardMessage): void;
}

/** Watches the board over connections that come and go; where a number is missing it asks for everything again. */
export function createBoardWatching(say: (message: BoardWatch) => void): BoardWatching {
  let listener: BoardListener | null = null;
  let connected = false;
  /** Of the newest message; null: what comes next has to be everything. */
  let number: number | null = null;

  function ask(): void {
    number = null;
    say({ type: 'watch', board: true });
  }

  return {
    watch(next) {
      const isNew = next !== null && listener === null;
      if (next === null && listener !== null && connected) say({ type: 'watch', board: false });
      listener = next;
      if (!isNew || !connected) return;
      ask();
      next.asked();
    },
    welcomed() {
      connected = true;
      if (!listener) return;
      ask();
      listener.asked();
    },
    lost() {
      if (!connected) return;
      connected = false;
      number = null;
      listener?.lost();
    },
    heard(message) {
      if (!listener) return;
      if (message.type === 'boardChanges') {
        // Everything was asked for and is on its way.
        if (number === null) return;
        if (message.number !== number + 1) return ask();
      }
      number = message.number;
      listener.heard(message);
    },
  };
}

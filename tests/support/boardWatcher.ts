import { type BoardCopy, createBoardCopy } from '#electron/desk/boardCopy.ts';
import { type BoardMessage, type BoardSnapshot, boardMessageSchema } from '#shared/sync/board.ts';
import type { LiveSocket, ServerClient } from './serverClient.ts';

/** A desk that watches the board over its live socket, and holds what it is told. */
export class BoardWatcher {
  readonly socket: LiveSocket;
  /** Types and numbers of what was told. */
  readonly told: string[] = [];
  readonly #copy: BoardCopy = createBoardCopy();

  constructor(socket: LiveSocket) {
    this.socket = socket;
  }

  static async open(client: ServerClient): Promise<BoardWatcher> {
    const socket = client.live();
    await socket.hello(client.token);
    // What is said before the welcome is not heard.
    await socket.next();
    const watcher = new BoardWatcher(socket);
    watcher.say({ type: 'watch', board: true });
    await watcher.until(() => true);
    return watcher;
  }

  say(message: object): void {
    this.socket.say(JSON.stringify(message));
  }

  /** The board as it is, or becomes, such. */
  async until(fits: (board: BoardSnapshot) => boolean): Promise<BoardSnapshot> {
    for (;;) {
      const board = this.#copy.snapshot();
      if (board && fits(board)) return board;
      this.take(await this.next());
    }
  }

  /** The next message about the board, as the schema has it. */
  async next(): Promise<BoardMessage> {
    for (;;) {
      const message = boardMessageSchema.safeParse(await this.socket.next());
      if (message.success) return message.data;
    }
  }

  take(message: BoardMessage): void {
    this.told.push(`${message.type} ${message.number}`);
    if (message.type === 'board') this.#copy.replace(message);
    else this.#copy.change(message);
  }
}

/** The agent, the queue and the call of a board that a test looks at. */
export const agentOn = (board: BoardSnapshot, id: string) =>
  board.agents.find(({ agentId }) => agentId === id);
export const queueOn = (board: BoardSnapshot, id: string) =>
  board.queues.find(({ queueId }) => queueId === id);
export const callOn = (board: BoardSnapshot, ref: string) =>
  board.calls.find(({ callRef }) => callRef === ref);

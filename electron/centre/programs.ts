/** A program of ours that runs beside the desk: the practice PBX, the server, a browser shell. */
export interface Program {
  /** Its first word: `{type: 'ready', …}`. */
  ready: Record<string, unknown>;
  pid: number | undefined;
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Told once, when it ends by itself. */
  onExit(listener: (code: number | null, lastWords: string) => void): void;
  /** Asks it to end, and ends it by force after a while. */
  stop(): Promise<void>;
}

/** What a program said or wrote before it ended without being ready. */
export class ProgramFailed extends Error {
  readonly program: string;
  readonly code: string;

  constructor(program: string, code: string, detail: string) {
    super(detail);
    this.name = 'ProgramFailed';
    this.program = program;
    this.code = code;
  }
}

/** Each shell starts programs its own way: Node forks, Electron has utility processes. */
export type StartProgram = (
  name: 'server' | 'practice' | 'web',
  environment: Record<string, string>,
) => Promise<Program>;

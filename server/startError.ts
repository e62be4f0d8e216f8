/**
 * A reason why the server cannot run, told to the person who starts it as one line.
 * `exitCode` 2 means "the configuration is wrong", 1 "the surroundings are".
 */
export class StartError extends Error {
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = 'StartError';
    this.exitCode = exitCode;
  }
}

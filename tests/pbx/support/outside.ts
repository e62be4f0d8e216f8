import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { v4 as uuidv4 } from 'uuid';
import { toneFrames } from '#server/practice/media/ulaw.ts';
import { outsideAddress } from './asterisk.ts';
import { freeUdpPort } from './ports.ts';

const scenarios = fileURLToPath(new URL('../scenarios', import.meta.url));
const mostSeconds = '90';

export type Scenario =
  | 'caller'
  | 'directCaller'
  | 'busyCaller'
  | 'racingCaller'
  | 'leavingCaller'
  | 'callee';

export interface Person {
  number: string;
  name: string;
}

/** Somebody outside, played by sipp on the address of the trunk. */
export class Outsider {
  /** Resolves when it ended: true where all went as its scenario says. */
  readonly ended: Promise<boolean>;
  #child: ChildProcess;
  #dir: string;
  #port: number;
  #callId: string;

  private constructor(of: { child: ChildProcess; dir: string; port: number; callId: string }) {
    this.#child = of.child;
    this.#dir = of.dir;
    this.#port = of.port;
    this.#callId = of.callId;
    this.ended = new Promise((resolve) => {
      of.child.once('exit', (code) => resolve(code === 0));
      of.child.once('error', () => resolve(false));
    });
  }

  /** Calls `service` at the PBX's SIP port with this number and name. */
  static async call(
    to: { service: string; sipPort: number },
    caller: Person,
    scenario: Scenario = 'caller',
  ): Promise<Outsider> {
    const port = await freeUdpPort(outsideAddress);
    return Outsider.#play(scenario, { port, callers: [caller], to });
  }

  /** All of them call at once. */
  static async burst(
    to: { service: string; sipPort: number },
    callers: Person[],
    scenario: Scenario,
    { patienceMs }: { patienceMs?: number } = {},
  ): Promise<Outsider> {
    const port = await freeUdpPort(outsideAddress);
    return Outsider.#play(scenario, { port, callers, to, ...(patienceMs && { patienceMs }) });
  }

  /** Waits on the trunk's port for one call, and answers it. */
  static await(trunkPort: number): Promise<Outsider> {
    return Outsider.#play('callee', { port: trunkPort });
  }

  static async #play(
    scenario: Scenario,
    as: {
      port: number;
      callers?: Person[];
      to?: { service: string; sipPort: number };
      patienceMs?: number;
    },
  ): Promise<Outsider> {
    const dir = mkdtempSync(join(tmpdir(), 'switchboard-outside-'));
    const callId = uuidv4();
    copyFileSync(join(scenarios, `${scenario}.xml`), join(dir, 'scenario.xml'));
    writeFileSync(join(dir, 'tone.ulaw'), Buffer.concat(toneFrames(400, 8_000, 100)));
    const { callers = [{ number: '', name: '' }] } = as;
    const lines = callers.map(({ number, name }) => `${number};${name}\n`);
    writeFileSync(join(dir, 'callers.csv'), `SEQUENTIAL\n${lines.join('')}`);
    const count = String(callers.length);
    const mediaPort = 21_000 + 2 * Math.floor(Math.random() * 4_000);
    const calling = as.to
      ? [`127.0.0.1:${as.to.sipPort}`, '-s', as.to.service, '-inf', 'callers.csv']
      : [];
    const options = [
      ['-sf', 'scenario.xml', '-cid_str', callers.length > 1 ? `%u-${callId}` : callId],
      ['-m', count, '-r', count, '-l', count, '-nostdin', '-trace_err'],
      ['-d', String(as.patienceMs ?? 0)],
      ['-trace_msg', '-message_file', 'messages.log'],
      ['-i', outsideAddress, '-p', String(as.port), '-mi', outsideAddress],
      ['-mp', String(mediaPort), '-timeout', mostSeconds, '-timeout_error'],
    ].flat();
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'sipp', ...calling, ...options], {
      cwd: dir,
      stdio: 'ignore',
    });
    return new Outsider({ child, dir, port: as.port, callId });
  }

  /** Tells the caller to give up or hang up, by a message within its own call. */
  async hangUp(): Promise<void> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, outsideAddress, resolve));
    const lines = [
      `INFO sip:caller@${outsideAddress} SIP/2.0`,
      `Via: SIP/2.0/UDP ${outsideAddress}:${socket.address().port};branch=z9hG4bK-${uuidv4()}`,
      `From: <sip:test@${outsideAddress}>;tag=test`,
      `To: <sip:caller@${outsideAddress}>`,
      `Call-ID: ${this.#callId}`,
      'CSeq: 1 INFO',
      'Content-Length: 0',
    ];
    const message = `${lines.join('\r\n')}\r\n\r\n`;
    await new Promise((resolve) => socket.send(message, this.#port, outsideAddress, resolve));
    socket.close();
  }

  /** What went against the scenario. */
  complaints(): string {
    const files = readdirSync(this.#dir).filter((name) => name.endsWith('errors.log'));
    return files.map((name) => readFileSync(join(this.#dir, name), 'utf8')).join('\n');
  }

  /** Every message it got and sent. */
  messages(): string {
    return readFileSync(join(this.#dir, 'messages.log'), 'utf8');
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { Ami } from './ami.ts';
import { writeAsteriskFiles } from './asteriskFiles.ts';
import { freeTcpPort, freeUdpPort } from './ports.ts';

const run = promisify(execFile);
const program = '/usr/sbin/asterisk';
const upWithinMs = 60_000;
/** Where the outside world is; not the desks' address, by which the trunk would be taken for them. */
export const outsideAddress = '127.0.0.2';
export const numbers = {
  service: '8000',
  complaints: '8001',
  own: '+862112345678',
  ownSales: '+862112345679',
};

export interface AsteriskPorts {
  wss: number;
  sip: number;
  ami: number;
  trunk: number;
}

/** A real Asterisk with the site's configuration, on ports and folders of its own, in the Debian at `root`. */
export class Asterisk {
  readonly ports: AsteriskPorts;
  readonly password = 'desk-password';
  #root: string;
  #dir: string;
  #child: ChildProcess | null = null;

  private constructor(root: string, dir: string, ports: AsteriskPorts) {
    this.#root = root;
    this.#dir = dir;
    this.ports = ports;
  }

  /** `desksAt`: the address of this machine at which the desks' WebSocket is served. */
  static async start({ desksAt = '127.0.0.1' } = {}): Promise<Asterisk> {
    const root = process.env.SWITCHBOARD_PBX_ROOT;
    if (!root) throw new Error('npm run test:pbx names the Debian that holds Asterisk');
    const dir = mkdtempSync(join(root, 'tmp', 'pbx-')).slice(root.length);
    const ports = {
      wss: await freeTcpPort(),
      sip: await freeUdpPort(),
      ami: await freeTcpPort(),
      trunk: await freeUdpPort(outsideAddress),
    };
    const asterisk = new Asterisk(root, dir, ports);
    await asterisk.#write(desksAt);
    await asterisk.revive();
    return asterisk;
  }

  /** Ends Asterisk by force, as a power failure would; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** Starts Asterisk again on the same ports; resolves when it is fully up. */
  async revive(): Promise<void> {
    // Ends with us, however we end.
    const child = spawn(
      'setpriv',
      ['--pdeathsig', 'KILL', 'chroot', this.#root, program, '-f', '-C', this.#config],
      { stdio: 'ignore' },
    );
    this.#child = child;
    const end = Date.now() + upWithinMs;
    while (!(await this.#isUp())) {
      const hasEnded = child.exitCode !== null || Date.now() > end;
      if (hasEnded) throw new Error(`Asterisk did not start:\n${this.log().slice(-2_000)}`);
      await pause(100);
    }
  }

  #isUp(): Promise<boolean> {
    return this.cli('core waitfullybooted').then(
      () => true,
      () => false,
    );
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(join(this.#root, this.#dir), { recursive: true, force: true });
  }

  /** Asks Asterisk's console. */
  async cli(command: string): Promise<string> {
    const args = [this.#root, program, '-C', this.#config, '-rx', command];
    return (await run('chroot', args, { timeout: 20_000 })).stdout;
  }

  /** Gives an account another password; resolves once it counts. */
  async changePassword(extension: string, password: string): Promise<void> {
    const file = this.path('etc/pjsip_wizard.conf');
    const text = readFileSync(file, 'utf8');
    const line = new RegExp(`^(\\[${extension}\\](?:.|\\n)*?inbound_auth/password=).*$`, 'mu');
    writeFileSync(file, text.replace(line, `$1${password}`));
    await this.cli('module reload res_pjsip.so');
    while (!(await this.cli(`pjsip show auth ${extension}-iauth`)).includes(password)) {
      await pause(100);
    }
  }

  /** PEM file of the certificate that the desks have to trust. */
  get certificate(): string {
    return this.path('etc/certificate.pem');
  }

  /** Everything Asterisk logged so far. */
  log(): string {
    try {
      return readFileSync(this.path('log/full'), 'utf8');
    } catch {
      return '';
    }
  }

  /** A file of this Asterisk as seen from outside its Debian. */
  path(name: string): string {
    return join(this.#root, this.#dir, name);
  }

  /** The account that the site's configuration has for wallboards. */
  ami(): Promise<Ami> {
    return Ami.login(this.ports.ami, 'switchboard', this.password);
  }

  get #config(): string {
    return `${this.#dir}/etc/asterisk.conf`;
  }

  async #write(desksAt: string): Promise<void> {
    const rtpStart = 20_000 + 200 * Math.floor(Math.random() * 50);
    writeAsteriskFiles({
      root: this.#root,
      dir: this.#dir,
      values: {
        WSS_ADDRESS: desksAt,
        WSS_PORT: String(this.ports.wss),
        HTTP_PORT: String(await freeTcpPort()),
        CERTIFICATE: `${this.#dir}/etc/certificate.pem`,
        PRIVATE_KEY: `${this.#dir}/etc/key.pem`,
        SIP_ADDRESS: '127.0.0.1',
        SIP_PORT: String(this.ports.sip),
        TRUNK_HOST: outsideAddress,
        TRUNK_PORT: String(this.ports.trunk),
        RTP_START: String(rtpStart),
        RTP_END: String(rtpStart + 199),
        AMI_PORT: String(this.ports.ami),
        AMI_SECRET: this.password,
        PASSWORD_2041: this.password,
        PASSWORD_2042: this.password,
        PASSWORD_2061: this.password,
        NUMBER_SERVICE: numbers.service,
        NUMBER_COMPLAINTS: numbers.complaints,
        OWN_NUMBER: numbers.own,
        OWN_NUMBER_SALES: numbers.ownSales,
      },
    });
    this.#certify(desksAt);
  }

  /** A certificate for this address that this process trusts from now on. */
  #certify(address: string): void {
    const etc = `${this.#dir}/etc`;
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const subject = ['-subj', '/CN=pbx.invalid', '-addext', `subjectAltName=IP:${address}`];
    const files = ['-out', `${etc}/certificate.pem`, '-keyout', `${etc}/key.pem`];
    const args = ['req', '-x509', '-days', '2', ...curve, ...subject, ...files];
    execFileSync('chroot', [this.#root, 'openssl', ...args], { stdio: 'ignore' });
    const own = readFileSync(this.certificate, 'utf8');
    setDefaultCACertificates([...getCACertificates('default'), own]);
  }
}

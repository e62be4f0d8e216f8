import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const token = 'token-of-a-network-of-its-own';

const stateSchema = z.object({
  agents: z.array(z.object({ extension: z.string(), registered: z.boolean() })),
  calls: z.array(
    z.object({
      callRef: z.string(),
      legs: z.array(z.object({ packetsIn: z.number(), soundFrames: z.number() })),
    }),
  ),
});
export type NetworkState = z.output<typeof stateSchema>;

/** Why no network of its own can be made here; null where it can: it takes root and Linux. */
export function noNetwork(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are of Linux';
  if (process.getuid?.() !== 0) return 'a network of its own takes root';
  const name = `swbtry${process.pid}`;
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' });
    execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
    return null;
  } catch {
    return 'this machine makes no network namespaces';
  }
}

/** A practice PBX on a machine of its own: a namespace at the other end of a cable that a test can pull. */
export class NetworkSite {
  readonly server: string;
  #name: string;
  #cable: string;
  #net: string;
  #pbx: ChildProcess;
  #control: string;

  private constructor(of: { name: string; net: string; pbx: ChildProcess; server: string }) {
    this.#name = of.name;
    this.#cable = cableOf(of.name);
    this.#net = of.net;
    this.#pbx = of.pbx;
    this.server = of.server;
    this.#control = of.server.replace(/^ws/u, 'http').replace(/\/ws$/u, '/control');
  }

  static async open(): Promise<NetworkSite> {
    const name = `swb${process.pid}`;
    const net = `10.214.${process.pid % 250}`;
    const cable = cableOf(name);
    await ip('netns', 'add', name);
    await ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
    await ip('-n', name, 'addr', 'add', `${net}.1/24`, 'dev', 'eth0');
    await ip('-n', name, 'link', 'set', 'lo', 'up');
    await ip('-n', name, 'link', 'set', 'eth0', 'up');
    await ip('addr', 'add', `${net}.2/24`, 'dev', cable);
    await ip('link', 'set', cable, 'up');
    const { pbx, url } = await startPbx(name, `${net}.1`);
    return new NetworkSite({ name, net, pbx, server: url });
  }

  /** Pulls the desk's cable, or plugs it in. */
  async cable(plugged: boolean): Promise<void> {
    await ip('link', 'set', this.#cable, plugged ? 'up' : 'down');
  }

  /** Another address for the desk, as another network gives it. */
  async move(host: number): Promise<void> {
    await ip('addr', 'flush', 'dev', this.#cable);
    await ip('addr', 'add', `${this.#net}.${host}/24`, 'dev', this.#cable);
  }

  async placeCall(call: { number: string; queue: string; scenario: string }): Promise<void> {
    await this.#ask('POST', '/calls', call);
  }

  async state(): Promise<NetworkState> {
    return stateSchema.parse(await this.#ask('GET', '/state'));
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.#pbx.once('exit', resolve));
    this.#pbx.kill('SIGKILL');
    await gone;
    await ip('link', 'del', this.#cable).catch(() => undefined);
    await ip('netns', 'del', this.#name);
  }

  /** Each time on a connection of its own: the last one may lead nowhere since. */
  #ask(method: string, path: string, body?: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const sent = request(
        `${this.#control}${path}`,
        { method, headers, agent: false, timeout: 3_000 },
        (response) => {
          text(response).then((answer) => {
            const status = response.statusCode ?? 0;
            if (status < 300) resolve(JSON.parse(answer));
            else reject(new Error(`control: ${status}`));
          }, reject);
        },
      );
      sent.on('error', reject);
      sent.on('timeout', () => sent.destroy(new Error('control: no answer')));
      sent.end(body && JSON.stringify(body));
    });
  }
}

async function ip(...of: string[]): Promise<void> {
  await run('ip', of);
}

/** Interfaces have names of 15 characters at the most. */
function cableOf(name: string): string {
  return `c${name}`;
}

function startPbx(name: string, host: string): Promise<{ pbx: ChildProcess; url: string }> {
  const settings = {
    host,
    resourcesDir: `${root}resources`,
    controlToken: token,
    accounts: [{ extension: '2041', password: 'right', name: '徐静', queues: ['service'] }],
    queues: [{ id: 'service', name: '客户服务' }],
    timing: { wrapUpMs: 0, graceMs: 120_000, takeOverMs: 60_000 },
  };
  const command = ['netns', 'exec', name, process.execPath, `${root}server/practice/main.ts`];
  const pbx = spawn('ip', command, {
    cwd: root,
    env: { ...process.env, SWITCHBOARD_PRACTICE: JSON.stringify(settings) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    pbx.once('error', reject);
    pbx.once('exit', (code) => reject(new Error(`the practice PBX ended (${code})`)));
    pbx.once('message', (message: { type: string; url?: string }) => {
      if (message.type === 'ready' && message.url) resolve({ pbx, url: message.url });
      else reject(new Error('the practice PBX did not start'));
    });
  });
}

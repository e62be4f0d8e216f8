import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCentre } from '#electron/centre/practiceCentre.ts';
import type { StartProgram } from '#electron/centre/programs.ts';
import type { PracticeSettingsInput } from '#server/practice/settings.ts';
import { nodePrograms } from '../scripts/nodePrograms.ts';
import { InviteTap } from './inviteTap.ts';

/** Practice PBX and central server as processes, with a tap on the wire between desks and PBX. */
export interface BenchCentre {
  serverUrl: string;
  dataDir: string;
  tap: InviteTap;
  /** One caller at a time rings at this agent. */
  ring(number: string, agent: string): Promise<void>;
  hangUp(): Promise<void>;
  stop(): Promise<void>;
}

/** `practice` overrides settings of the practice PBX; `fill` has the server's data directory before its first start. */
export async function startBenchCentre(
  appDir: string,
  practice: Partial<PracticeSettingsInput> = {},
  fill: (serverDir: string) => Promise<void> = async () => {},
): Promise<BenchCentre> {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchboard-bench-'));
  await fill(join(dataDir, 'server'));
  const controlToken = randomBytes(24).toString('hex');
  let tap: InviteTap | null = null;
  const start: StartProgram = async (name, environment) => {
    if (name === 'practice') {
      const settings = { ...JSON.parse(environment.SWITCHBOARD_PRACTICE ?? '{}'), ...practice };
      return nodePrograms(appDir)(name, { SWITCHBOARD_PRACTICE: JSON.stringify(settings) });
    }
    if (name !== 'server') return nodePrograms(appDir)(name, environment);
    tap = await InviteTap.to(environment.PBX_WS_URL ?? '');
    return nodePrograms(appDir)(name, { ...environment, PBX_WS_URL: tap.url });
  };
  const centre = await startCentre({
    start,
    dataDir,
    resourcesDir: fileURLToPath(new URL('../resources', import.meta.url)),
    practice: true,
    pbx: null,
    databaseUrl: null,
    autoCallers: false,
    controlToken,
    logLevel: 'error',
  });
  if (!tap) throw new Error('the server was not started');

  const control = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${centre.controlUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  let callRef = '';
  return {
    serverUrl: centre.serverUrl,
    dataDir,
    tap,
    async ring(number, agent) {
      const answer = await control('POST', '/calls', { queue: 'support', number, agent });
      ({ callRef } = (await answer.json()) as { callRef: string });
    },
    async hangUp() {
      await control('DELETE', `/calls/${callRef}`);
    },
    async stop() {
      await centre.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMediaRelay } from '#electron/core/mediaRelay.ts';
import { type PracticePbx, startPracticePbx } from '#server/practice/practicePbx.ts';
import { systemClock, TestPhone } from '#tests/support/testPhone.ts';

const resourcesDir = fileURLToPath(new URL('../../../resources', import.meta.url));

let pbx: PracticePbx;
let desk: TestPhone;

beforeEach(async () => {
  pbx = await startPracticePbx({
    resourcesDir,
    loopbackMedia: true,
    accounts: [{ extension: '2041', password: 'right', name: '徐静', queues: ['service'] }],
    queues: [{ id: 'service', name: '客户服务' }],
  });
  desk = new TestPhone(createMediaRelay(systemClock).port);
});

afterEach(async () => {
  await desk.phone.stop();
  await pbx.close();
});

function start(): void {
  desk.phone.start({
    uri: 'sip:2041@practice.invalid',
    server: pbx.url,
    user: '2041',
    password: 'right',
  });
}

/** Resolves when the PBX counts the agent as available. */
function available(): Promise<void> {
  return new Promise((resolve) => {
    pbx.events.on('agentAvailabilityChanged', (change) => {
      if (change.available) resolve();
    });
  });
}

describe('availability', () => {
  it('chosen in the moment of the start is told once the phone is registered', async () => {
    const changed = available();
    start();
    void desk.phone.setAvailability({ ready: true });
    await changed;
    expect(pbx.state().agents[0]).toMatchObject({ registered: true, available: true });
  });

  it('of an earlier shift does not come back with the next', async () => {
    const changed = available();
    start();
    void desk.phone.setAvailability({ ready: true });
    await changed;
    await desk.phone.stop();
    desk.mark();
    start();
    await desk.status((status) => status.state === 'registered');
    expect(pbx.state().agents[0]).toMatchObject({ registered: true, available: false });
  });
});

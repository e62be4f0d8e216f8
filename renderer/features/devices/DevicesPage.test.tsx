import { act, cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type DeviceList, usualDevices } from '#shared/contract/media.ts';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { fail, ok } from '#shared/result.ts';
import { sampleCall } from '#tests/support/deskSample/sampleCalls.ts';
import { sampleSnapshot } from '#tests/support/deskSample/sampleDesk.ts';
import { callId } from '#tests/support/deskSample/sampleWords.ts';
import { showWindow } from '#tests/support/windowHarness.tsx';
import { DevicesPage } from './DevicesPage.tsx';

const now = 1_700_000_000_000;
const headset = { id: 'h1', label: 'Headset' };
const laptop = { id: 'l1', label: 'Built-in' };
const list: DeviceList = {
  microphones: [laptop, headset],
  speakers: [laptop, headset],
  inUse: { microphone: laptop, speaker: laptop, ringer: laptop },
  headset: null,
};

async function open(change: Partial<typeof usualDevices> = {}, told: DeviceList | null = list) {
  const snapshot = sampleSnapshot('en', now, {});
  const settings = { ...snapshot.settings, devices: { ...usualDevices, ...change } };
  const desk = await showWindow(
    <DevicesPage />,
    { ...snapshot, settings, calls: [] },
    {
      'devices.list': () => told ?? fail('media-page-absent', 'no page'),
      'devices.choose': () => ok({}),
      'devices.meter': () => ok({}),
      'devices.testSound': () => ok({}),
      'calls.hangUp': () => ok({}),
    },
  );
  const inputsOf = (name: string) =>
    desk.asked.filter((one) => one.name === name).map(({ input }) => input);
  return { desk, inputsOf, user: userEvent.setup() };
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the choice of a device', () => {
  it('shows the system’s choice by name, and what else is there', async () => {
    await open();
    const microphone = screen.getByTestId<HTMLSelectElement>('choose-microphone');
    expect(within(microphone).getAllByRole('option')).toMatchObject([
      { textContent: 'System default (Built-in)' },
      { textContent: 'Built-in' },
      { textContent: 'Headset' },
    ]);
    expect(microphone.value).toBe('');
  });

  it.each([
    ['microphone', 'microphone'],
    ['speaker', 'speaker'],
    ['ringer', 'ringer'],
  ])('of the %s changes that alone', async (name, field) => {
    const { inputsOf, user } = await open();
    await user.selectOptions(screen.getByTestId(`choose-${name}`), 'Headset');
    expect(inputsOf('devices.choose')).toEqual([{ ...usualDevices, [field]: headset }]);
  });

  it('does not take back the one before that the desk has not told yet', async () => {
    const { desk, inputsOf, user } = await open();
    const settings = sampleSnapshot('en', now).settings;
    const first = { ...usualDevices, microphone: headset };
    let finish = (): void => undefined;
    const taken = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { invoke } = desk;
    desk.invoke = async (name, input) => {
      const answer = await invoke(name, input);
      if (name === 'devices.choose') await taken;
      return answer;
    };
    await user.selectOptions(screen.getByTestId('choose-microphone'), 'Headset');
    await user.selectOptions(screen.getByTestId('choose-ringer'), 'Headset');
    expect(inputsOf('devices.choose')).toEqual([first]);
    act(() => desk.emit('settings.changed', { ...settings, devices: first }));
    await act(async () => finish());
    await vi.waitFor(() =>
      expect(inputsOf('devices.choose')).toEqual([first, { ...first, ringer: headset }]),
    );
  });

  it('goes back to the system’s', async () => {
    const { inputsOf, user } = await open({ microphone: headset });
    await user.selectOptions(screen.getByTestId('choose-microphone'), 'System default');
    expect(inputsOf('devices.choose')).toEqual([usualDevices]);
  });

  it('finds a device by its name where its id has changed', async () => {
    await open({ speaker: { id: 'old', label: 'Headset' } });
    expect(screen.getByTestId<HTMLSelectElement>('choose-speaker').value).toBe('h1');
  });

  it('calls nothing unplugged before it is known what is there', async () => {
    const { desk } = await open({ microphone: headset }, null);
    expect(screen.queryByTestId('microphone-missing')).toBeNull();
    expect(screen.getByTestId<HTMLSelectElement>('choose-microphone').value).toBe('h1');
    act(() => desk.emit('devices.changed', { ...list, microphones: [laptop] }));
    expect(screen.getByTestId('microphone-missing')).toBeTruthy();
  });

  it('says what is used while the chosen one is unplugged, until it is back', async () => {
    const { desk } = await open({ microphone: headset }, { ...list, microphones: [laptop] });
    expect(screen.getByTestId('microphone-missing').textContent).toBe(
      'Headset is unplugged. Using Built-in until it is back.',
    );
    expect(screen.getByTestId<HTMLSelectElement>('choose-microphone').value).toBe('h1');
    act(() => desk.emit('devices.changed', list));
    expect(screen.queryByTestId('microphone-missing')).toBeNull();
  });
});

describe('the page', () => {
  it('measures while it is shown, and no longer', async () => {
    const { desk, inputsOf } = await open();
    act(() => desk.emit('devices.level', { input: 0.5, output: 0.25 }));
    expect(screen.getByTestId<HTMLMeterElement>('level-input').value).toBe(0.5);
    expect(screen.getByTestId<HTMLMeterElement>('level-output').value).toBe(0.25);
    act(() => desk.emit('devices.changed', { ...list, headset: 'of another media page' }));
    cleanup();
    const measured = inputsOf('devices.meter').map((input) => (input as { on: boolean }).on);
    expect(new Set(measured.slice(0, -1))).toEqual(new Set([true]));
    expect(measured.length).toBeGreaterThan(2);
    expect(measured.at(-1)).toBe(false);
  });

  it('plays on speaker and ringer', async () => {
    const { inputsOf, user } = await open();
    await user.click(screen.getByTestId('play-speaker'));
    await user.click(screen.getByTestId('play-ringer'));
    expect(inputsOf('devices.testSound')).toEqual([{ on: 'speaker' }, { on: 'ringer' }]);
  });

  it('switches the treatment of the voice', async () => {
    const { inputsOf, user } = await open();
    await user.click(screen.getByLabelText('Suppress noise'));
    expect(inputsOf('devices.choose')).toEqual([{ ...usualDevices, noiseSuppression: false }]);
  });

  it('calls the echo, says what to do, and ends it', async () => {
    const { desk, inputsOf, user } = await open();
    const call: DeskCall = { ...sampleCall('en', now), kind: 'test', state: 'dialling' };
    desk.answer('devices.testCall', () => ok(call));
    await user.click(screen.getByTestId('start-test-call'));
    expect(inputsOf('devices.testCall')).toEqual([{}]);
    act(() => desk.emit('call.changed', { ...call, state: 'talking' }));
    const box = screen.getByTestId('test-call');
    expect(box.textContent).toContain('Say something');
    await user.click(screen.getByTestId('end-test-call'));
    expect(inputsOf('calls.hangUp')).toEqual([{ callId }]);
  });
});

describe('headset buttons', () => {
  it('cannot be read by every browser, and that is said', async () => {
    await open();
    expect(screen.queryByTestId('connect-headset')).toBeNull();
    expect(screen.getByText(/This browser cannot read headset buttons/)).toBeTruthy();
  });

  it('are asked for from a press, and named when they are there', async () => {
    const asked: unknown[] = [];
    const hid = {
      requestDevice: async (options: unknown) => {
        asked.push(options);
        return [];
      },
    };
    Object.defineProperty(navigator, 'hid', { value: hid, configurable: true });
    const { desk, user } = await open();
    await user.click(screen.getByTestId('connect-headset'));
    expect(asked).toEqual([{ filters: [{ usagePage: 0x0b }] }]);
    expect(await screen.findByText('No headset with telephone buttons was chosen.')).toBeTruthy();
    act(() => desk.emit('devices.changed', { ...list, headset: 'Evolve' }));
    expect(screen.getByText(/^Evolve: answer, end, mute/)).toBeTruthy();
    Reflect.deleteProperty(navigator, 'hid');
  });
});

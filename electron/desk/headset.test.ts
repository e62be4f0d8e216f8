import { beforeEach, describe, expect, it } from 'vitest';
import type { MediaEvent } from '#shared/contract/media.ts';
import type { DeskCall } from '#shared/contract/models/calls.ts';
import { keptLog } from '#tests/support/deskDouble.ts';
import { ScriptedMedia } from '#tests/support/scriptedMedia.ts';
import { createEventHub } from '../core/events.ts';
import { followHeadset, lightsFor } from './headset.ts';

type Button = Extract<MediaEvent, { type: 'button' }>['button'];

const call = (id: string, state: DeskCall['state'], muted = false): DeskCall =>
  ({ id, state, muted }) as DeskCall;
const ringing = call('r', 'ringing');
const talking = call('t', 'talking');
const muted = call('t', 'talking', true);
const held = call('h', 'held');

const dark = { ringing: false, offHook: false, muted: false, held: false };

describe('lightsFor', () => {
  it.each<[string, DeskCall[], Partial<typeof dark>]>([
    ['no call', [], {}],
    ['a call that is over', [call('e', 'ended')], {}],
    ['ringing', [ringing], { ringing: true }],
    ['dialling', [call('d', 'dialling')], { offHook: true }],
    ['talking', [talking], { offHook: true }],
    ['muted', [muted], { offHook: true, muted: true }],
    ['held', [held], { offHook: true, held: true }],
    ['one held, one talking', [held, talking], { offHook: true }],
    ['a second call', [talking, ringing], { offHook: true, ringing: true }],
  ])('%s', (_, calls, expected) => {
    expect(lightsFor(calls)).toEqual({ ...dark, ...expected });
  });
});

let media: ScriptedMedia;
let events: ReturnType<typeof createEventHub>;
let calls: DeskCall[];
let done: string[];
let stop: () => void;

beforeEach(() => {
  media = new ScriptedMedia();
  events = createEventHub(keptLog());
  calls = [];
  done = [];
  const does =
    (what: string) =>
    async (...words: unknown[]) => {
      done.push([what, ...words].join(' '));
    };
  stop = followHeadset({
    media,
    events,
    log: keptLog(),
    redial: does('redial'),
    calls: {
      list: () => calls,
      answer: does('answer'),
      reject: does('reject'),
      hangUp: async (callId) => {
        done.push(`hangUp ${callId}`);
        if (callId === 'h') throw new Error('gone');
      },
      mute: does('mute'),
      hold: does('hold'),
    },
  });
});

const lights = () => media.commands.filter(({ command }) => command === 'headset');

describe('a button', () => {
  it.each<[Button, DeskCall[], string[]]>([
    ['hook', [], []],
    ['hook', [ringing], ['answer r']],
    ['hook', [talking], ['hangUp t']],
    ['hook', [held, talking], ['hangUp t']],
    ['hook', [talking, ringing], ['hangUp t']],
    ['mute', [], []],
    ['mute', [talking], ['mute t true']],
    ['mute', [muted], ['mute t false']],
    ['hold', [talking], ['hold t true']],
    ['hold', [held], ['hold h false']],
    ['hold', [talking, ringing], ['answer r']],
    ['reject', [ringing], ['reject r decline']],
    ['reject', [talking], []],
    ['redial', [], ['redial']],
    ['redial', [talking], []],
  ])('%s with %j does %j', (button, atDesk, expected) => {
    calls = atDesk;
    media.tell({ type: 'button', button });
    expect(done).toEqual(expected);
  });

  it('that cannot be followed leaves the lights as the calls are', async () => {
    calls = [held];
    const relit = new Promise<void>((resolve) => {
      const { run } = media;
      media.run = (command, input) => {
        resolve();
        return run.call(media, command, input) as never;
      };
    });
    media.tell({ type: 'button', button: 'hook' });
    await relit;
    expect(lights().at(-1)?.input).toEqual({ ...dark, offHook: true, held: true });
  });
});

describe('the lights', () => {
  it('are told when they change, and to each new page', () => {
    calls = [ringing];
    events.emit('call.changed', ringing);
    events.emit('call.changed', ringing);
    media.tell({ type: 'ready' });
    expect(lights().map(({ input }) => input)).toEqual([
      dark,
      { ...dark, ringing: true },
      { ...dark, ringing: true },
    ]);
  });

  it('go out at the end of the shift', () => {
    calls = [talking];
    events.emit('call.changed', talking);
    stop();
    events.emit('call.changed', ringing);
    expect(lights().at(-1)?.input).toEqual(dark);
    expect(lights()).toHaveLength(3);
  });
});

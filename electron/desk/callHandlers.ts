import type { Configuration, PhoneConfiguration } from '#shared/domain/configuration.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';
import type { Clock } from '../core/providers.ts';
import type { Handlers } from '../handler/handler.ts';
import type { Phone } from '../phone/phone.ts';
import type { AgentService } from './agent.ts';
import type { CallService } from './calls.ts';
import type { DeviceService } from './devices.ts';
import { listDirectory } from './directory.ts';
import { done } from './done.ts';
import { listRecents } from './recents.ts';
import type { WrapUpService } from './wrapUps.ts';

type CallMethod = Extract<
  keyof Handlers,
  `agent.${string}` | `calls.${string}` | `wrapUps.${string}` | 'directory.list' | 'phone.retry'
>;

export interface CallHandlerOptions {
  user: SignedInUser;
  cache: Cache;
  phone: Phone;
  clock: Clock;
  agent: AgentService;
  calls: CallService;
  wrapUps: WrapUpService;
  home(): HomeCountry;
  configuration(): Configuration | null;
  language(): Language;
}

/** What a window asks of agent state, calls and after-call work. */
export function callHandlers(options: CallHandlerOptions): Pick<Handlers, CallMethod> {
  const { user, cache, phone, clock, agent, calls, wrapUps, home } = options;
  return {
    'agent.rest': (resting) => agent.rest(resting),
    'calls.answer': ({ callId }) => calls.answer(callId).then(done),
    'calls.reject': ({ callId, how }) => calls.reject(callId, how).then(done),
    'calls.hangUp': ({ callId }) => calls.hangUp(callId).then(done),
    'calls.mute': ({ callId, on }) => calls.mute(callId, on).then(done),
    'calls.hold': ({ callId, on }) => calls.hold(callId, on).then(done),
    'calls.sendDigits': ({ callId, digits }) => calls.sendDigits(callId, digits).then(done),
    'calls.dial': (wish) => calls.dial(wish),
    'calls.transfer': ({ callId, target, consent }) =>
      calls.transfer(callId, target, consent).then(done),
    'calls.consult': ({ callId, target, consent }) => calls.consult(callId, target, consent),
    'calls.join': ({ callId, otherId }) => calls.join(callId, otherId).then(done),
    'calls.confer': ({ callIds }) => calls.confer(callIds).then(done),
    'calls.record': ({ callId, on }) => calls.record(callId, on).then(done),
    'calls.recents': ({ limit }) =>
      listRecents(limit, { cache, userId: user.id, home: home(), now: clock.now() }),
    'directory.list': ({ text, limit }) => listDirectory(text, limit, options),
    'calls.chooseCustomer': ({ callId, customerId }) => calls.chooseCustomer(callId, customerId),
    'phone.retry': () => done(phone.retry()),
    'wrapUps.finish': ({ callId, draft, rest }) => done(wrapUps.finish(callId, draft, rest)),
    'wrapUps.park': ({ callId, draft }) => done(wrapUps.park(callId, draft)),
    'wrapUps.extend': ({ callId }) => wrapUps.extend(callId),
    'wrapUps.backlog': () => wrapUps.backlog(),
    'wrapUps.choices': ({ callId }) => wrapUps.choices(callId),
    'wrapUps.amend': ({ callId, draft }) => wrapUps.amend(callId, draft),
  };
}

type DeviceMethod = Extract<keyof Handlers, `devices.${string}`>;

/** What a window asks of microphone, speaker and ringer. */
export function deviceHandlers(
  devices: DeviceService,
  calls: CallService,
  rules: () => PhoneConfiguration,
): Pick<Handlers, DeviceMethod> {
  return {
    'devices.list': () => devices.list(),
    'devices.choose': (choice) => devices.choose(choice).then(done),
    'devices.meter': ({ on }) => devices.meter(on).then(done),
    'devices.testSound': ({ on }) => devices.testSound(on).then(done),
    'devices.testCall': () => {
      const { echoNumber } = rules();
      if (echoNumber === null) throw new DeskError('number-unknown', 'the PBX has no echo');
      return calls.testCall(echoNumber);
    },
  };
}

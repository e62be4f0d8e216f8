import type { NumberView } from '#shared/contract/models/calls.ts';
import type { CallKind } from '#shared/domain/calls/call.ts';
import { checkDial, dialTarget } from '#shared/domain/calls/dialPolicy.ts';
import type { Configuration } from '#shared/domain/configuration.ts';
import { usualPhone } from '#shared/domain/configuration.ts';
import type { HomeCountry, ParsedNumber } from '#shared/domain/numbers/types.ts';
import { offeredQueues } from '#shared/domain/settings/queues.ts';
import { DeskError } from '#shared/result.ts';
import type { Colleague } from '../../cache/cache.ts';
import { readNumber } from '../pop.ts';

/** Whom an agent wants to reach, checked and ready for the phone. */
export interface Destination {
  /** What the phone dials: E.164, an extension, or a queue's id. */
  target: string;
  kind: Extract<CallKind, 'customer' | 'colleague'>;
  number: NumberView;
  name: string | null;
  queueId: string | null;
}

export interface DestinationContext {
  configuration: Configuration | null;
  home: HomeCountry;
  colleagues(): Colleague[];
}

/**
 * Reads what an agent typed, pasted or picked: a queue's id, an extension, a number. Numbers of the
 * centre's own directory need no ruling. Throws `number-invalid`, `number-refused` with
 * `details.reason`, and without `consent` `number-needs-consent` with `details.reason` and
 * `details.number`.
 */
export function destinationOf(
  written: string,
  consent: boolean,
  { configuration, home, colleagues }: DestinationContext,
): Destination {
  const queue = offeredQueues(configuration?.queues ?? []).find(({ id }) => id === written);
  const language = home.country === 'CN' ? 'zh-CN' : 'en';
  if (queue) return ofQueue(queue.id, queue.name[language]);

  const { parsed, view } = readNumber(written, home);
  const target = dialTarget(parsed);
  if (target === null) {
    throw new DeskError('number-invalid', 'this is no number that can be dialled');
  }
  const phone = configuration?.phone ?? usualPhone;
  const listed = phone.directory.find(({ number }) => sameNumber(number, parsed, home));
  if (!listed) rule(written, consent, view);
  const colleague =
    parsed.kind === 'internal'
      ? colleagues().find(({ extension }) => extension === parsed.national)
      : undefined;
  return {
    target,
    kind: listed || parsed.kind === 'internal' ? 'colleague' : 'customer',
    number: view,
    name: colleague?.name ?? listed?.name[language] ?? null,
    queueId: null,
  };

  function rule(number: string, agreed: boolean, { display }: NumberView): void {
    const ruling = checkDial(number, phone.dialling, home);
    if (ruling.ruling === 'allowed') return;
    const details = { reason: ruling.reason, number: display };
    if (ruling.ruling === 'refused') {
      throw new DeskError('number-refused', 'the centre does not allow this number', details);
    }
    if (!agreed) {
      throw new DeskError('number-needs-consent', 'the agent is to be asked first', details);
    }
  }
}

function ofQueue(id: string, name: string): Destination {
  const number = { raw: id, display: id, key: null, withheld: false, region: null };
  return { target: id, kind: 'colleague', number, name, queueId: id };
}

function sameNumber(listed: string, parsed: ParsedNumber, home: HomeCountry): boolean {
  const key = readNumber(listed, home).parsed.matchKeys.exactKey;
  return key !== undefined && key === parsed.matchKeys.exactKey;
}

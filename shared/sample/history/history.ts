import { type Random, weights } from '../random.ts';
import { addCall, addOldCall } from './calls.ts';
import { dayMs, hourMs, inOfficeHours, minuteMs } from './days.ts';
import { addContact, type Making, pickAgent, type Texts, textsOf } from './making.ts';
import { plainTopics } from './plainTopics.ts';
import { appliances, products } from './products.ts';
import { addTicket } from './tickets.ts';
import { ticketTopics } from './ticketTopics.ts';
import {
  campaignTexts,
  chatTexts,
  fill,
  type InBoth,
  mailTexts,
  type NoteText,
  nameOf,
  of,
  surveyTexts,
  visitTexts,
} from './words.ts';

/** Outcome words on the sample's time lines, by kind; the desk shows them as badges. */
export const sampleOutcomes = {
  call: ['resolved', 'followUp', 'escalated', 'notReached', 'missed', 'abandoned'],
  visit: ['done', 'rescheduled', 'notHome'],
  mail: ['answered'],
  chat: ['answered'],
  campaign: ['interested', 'accepted', 'declined', 'noAnswer'],
  survey: ['satisfied', 'neutral', 'unsatisfied'],
  order: ['open', 'shipped', 'delivered', 'cancelled', 'returned'],
  ticket: ['closed'],
} as const;

type EntryKind = 'call' | 'order' | 'ticket' | 'visit' | 'mail' | 'chat' | 'campaign' | 'survey';

const entryKinds = weights<EntryKind>([
  [42, 'call'],
  [17, 'order'],
  [9, 'ticket'],
  [9, 'visit'],
  [8, 'mail'],
  [3, 'chat'],
  [7, 'campaign'],
  [5, 'survey'],
]);

/** Histories reach back five years: older ones stayed in the former system. */
const historyMs = 5 * 365 * dayMs;
/** The former system handed over its calls as notes, without call records. */
const callRecordsMs = 450 * dayMs;

/** Everything that happened with one customer, oldest first, with the records behind the entries. */
export function addHistory(making: Making): void {
  const { plan, random } = making;
  const past = Math.max(0, plan.entries - plan.openTickets * 2);
  const times = timesOf(making, past);
  for (let at = 0; at < times.length; at++) {
    const left = times.length - at;
    const kind = at === 0 && random.chance(0.45) ? 'order' : random.weighted(entryKinds);
    const when = times[at] ?? making.asOfMs;
    if (kind === 'ticket' && left > 1) {
      addTicketEntries(making, when, false);
      at++;
    } else {
      addEntry(making, kind === 'ticket' ? 'call' : kind, when);
    }
  }
  for (let open = 0; open < plan.openTickets; open++) {
    addTicketEntries(making, recently(making), true);
  }
}

function timesOf(making: Making, count: number): number[] {
  const { plan, asOfMs, random } = making;
  const span = Math.min(historyMs, asOfMs - plan.createdAt - 2 * hourMs);
  const times: number[] = [];
  for (let made = 0; made < count; made++) {
    const r = random.fraction();
    times.push(settled(making, asOfMs - span * (0.35 * r + 0.65 * r * r)));
  }
  return times.sort((a, b) => a - b);
}

/** Open work is young: some just came in, some is already late. */
function recently(making: Making): number {
  const r = making.random.fraction();
  return settled(making, making.asOfMs - (0.3 * r + 0.7 * r * r) * 6 * dayMs);
}

/** Moved into working hours, yet over before "now" and after the customer came. */
function settled(making: Making, roughly: number): number {
  const { plan, asOfMs, random } = making;
  let at = inOfficeHours(roughly, random);
  if (at > asOfMs - 45 * minuteMs) at -= dayMs;
  return Math.max(at, plan.createdAt + random.int(5, 55) * minuteMs);
}

function addEntry(making: Making, kind: Exclude<EntryKind, 'ticket'>, at: number): void {
  if (kind === 'call') addCallEntry(making, at);
  else if (kind === 'order') addOrder(making, at);
  else addNote(making, kind, at);
}

function addCallEntry(making: Making, at: number): void {
  const topic = making.random.weighted(plainTopics);
  if (at < making.asOfMs - callRecordsMs) addOldCall(making, topic, at);
  else addCall(making, topic, textsOf(making, topic), at, null);
}

function addTicketEntries(making: Making, at: number, open: boolean): void {
  const { random } = making;
  const topic = random.weighted(ticketTopics);
  const texts = textsOf(making, topic);
  const ticketAt = at + random.int(40, 400) * 1000;
  const ticketId = random.uuid(ticketAt);
  const written = at < making.asOfMs - callRecordsMs || random.chance(0.1);
  let callId: string | null = null;
  if (written) addWritten(making, texts, at);
  else callId = addCall(making, topic, texts, at, ticketId);
  addTicket(making, topic, texts, { id: ticketId, at: ticketAt, callId, open });
}

function addWritten(making: Making, texts: Texts, at: number): void {
  const agent = pickAgent(making.random);
  addContact(making, {
    kind: 'mail',
    at,
    title: texts.title,
    detail: texts.note,
    agentId: agent.id,
    agentName: agent.name,
    direction: 'in',
    outcome: 'answered',
  });
}

function addOrder(making: Making, at: number): void {
  const { plan, asOfMs, random } = making;
  const product = random.weighted(products);
  const count = product.group === 'filter' ? random.int(1, 3) : 1;
  const factor = plan.kind === 'company' ? random.int(1, 6) : 1;
  const pieces = count * factor;
  const euros = plan.language === 'en' && random.chance(0.2);
  const yuan = product.price * pieces;
  const amount = euros
    ? { minor: Math.round(yuan / 7.8) * 100, currency: 'EUR' }
    : { minor: yuan * 100, currency: 'CNY' };
  const state = orderState(asOfMs - at, random);
  const title = nameOf(product, plan.language) + (pieces > 1 ? ` × ${pieces}` : '');
  const id = random.uuid(at);
  const no = `SO${Math.floor(at / 1000)
    .toString(36)
    .toUpperCase()}${String(plan.index % 10_000).padStart(4, '0')}`;
  making.into.push({
    entity: 'order',
    id,
    fields: { customerId: plan.id, no, at, title, amount, state },
  });
  addContact(making, { kind: 'order', at, title, detail: no, refId: id, outcome: state });
}

function orderState(ageMs: number, random: Random) {
  const end = random.fraction();
  if (end < 0.05) return 'cancelled';
  if (ageMs < 2 * dayMs) return 'open';
  if (ageMs < 6 * dayMs) return 'shipped';
  return end < 0.09 ? 'returned' : 'delivered';
}

const noteTexts: Record<NoteKind, InBoth<readonly NoteText[]>> = {
  visit: visitTexts,
  mail: mailTexts,
  chat: chatTexts,
  campaign: campaignTexts,
  survey: surveyTexts,
};
type NoteKind = 'visit' | 'mail' | 'chat' | 'campaign' | 'survey';

function addNote(making: Making, kind: NoteKind, at: number): void {
  const { plan, random } = making;
  const [title, detail, outcome] = random.pick(of(noteTexts[kind], plan.language));
  const product = random.weighted(appliances);
  const agent = kind === 'campaign' ? null : pickAgent(random);
  addContact(making, {
    kind,
    at,
    title: fill(title, product, plan.language, random),
    detail: fill(detail, product, plan.language, random),
    agentId: agent?.id ?? null,
    agentName: agent?.name ?? null,
    direction: kind === 'campaign' || kind === 'survey' ? 'out' : 'in',
    durationMs: kind === 'visit' ? random.int(20, 150) * minuteMs : null,
    outcome,
  });
}

import { plainTopics } from '../history/plainTopics.ts';
import { ticketTopics } from '../history/ticketTopics.ts';
import { type Topic, ticketOf, topic, words } from '../history/topic.ts';
import { planCustomer } from '../people/customerPlan.ts';
import { Random, type Weights, weights } from '../random.ts';
import { type SampleSize, streams } from '../size.ts';

/** Which customer calls about what. */
export interface Matter {
  /** The customer's number in the sample. */
  customer: number;
  topic: Topic;
}

type Kind = 'complaint' | 'ticket' | 'plain';
const kinds = weights<Kind>([
  [6, 'complaint'],
  [9, 'ticket'],
  [85, 'plain'],
]);

const attitude = topic(
  'complaint.service.attitude',
  'support',
  words('投诉服务态度', '客户称上次来电坐席语气生硬，要求道歉。', '师傅上门态度不好，客户不满。'),
  words(
    'Complaint: manner',
    'Says that the agent was short last time and wants an apology.',
    'The technician was rude.',
  ),
  ticketOf('complaint', 'complaint.attitude'),
);

function topicsWhere(from: Weights<Topic>, test: (one: Topic) => boolean): Weights<Topic> {
  let before = 0;
  const entries = from.steps.flatMap(({ upTo, value }): [number, Topic][] => {
    const weight = upTo - before;
    before = upTo;
    return test(value) ? [[weight, value]] : [];
  });
  return weights(entries);
}

function complaintAbout(categoryId: string): Topic {
  const found = ticketTopics.steps.find(({ value }) => value.ticket?.categoryId === categoryId);
  if (!found) throw new RangeError(`no matter of ${categoryId}`);
  return found.value;
}

/** A few categories make most of the complaints (Pareto). */
const complaintTopics = weights<Topic>([
  [52, complaintAbout('complaint.delay')],
  [27, complaintAbout('complaint.quality')],
  [14, complaintAbout('complaint.charge')],
  [7, attitude],
]);
const otherTickets = topicsWhere(ticketTopics, (one) => one.ticket?.type !== 'complaint');
const plainIncoming = topicsWhere(plainTopics, (one) => one.outbound !== true);
const outgoing = topicsWhere(plainTopics, (one) => one.outbound === true);

/** So many come back with the same matter within the week. */
const comesBack = 0.13;
/** Calls of the quietest day: whoever comes back was one of the first so many. */
const firstOfDay = 60;

/**
 * The matter of an incoming call, the same whenever it is asked for: `index` counts the calls of the home day. Some
 * callers have called before, one to six days ago.
 */
export function matterOf(size: SampleSize, day: number, index: number, back = 0): Matter {
  const random = new Random(size.seed + day, streams.matters, index);
  if (back < 2 && random.chance(comesBack)) {
    return matterOf(size, day - random.int(1, 6), random.int(0, firstOfDay - 1), back + 1);
  }
  const customer = random.int(0, size.customers - 1);
  const kind = random.weighted(kinds);
  if (kind === 'complaint') return { customer, topic: random.weighted(complaintTopics) };
  return { customer, topic: random.weighted(kind === 'ticket' ? otherTickets : plainIncoming) };
}

/** What somebody calls a customer about. */
export function outgoingMatterOf(size: SampleSize, day: number, index: number): Matter {
  const random = new Random(size.seed + day, streams.matters, 1_000_000 + index);
  return { customer: random.int(0, size.customers - 1), topic: random.weighted(outgoing) };
}

/** The number a customer calls from, E.164. */
export function numberOf(size: SampleSize, { customer }: Matter): string {
  const { numbers } = planCustomer(size, customer);
  const one = numbers.find(({ retired }) => !retired) ?? numbers[0];
  return one?.number.normal ?? '';
}

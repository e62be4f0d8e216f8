import type { Contact } from '../../domain/customers/contact.ts';
import type { CustomerPlan } from '../people/customerPlan.ts';
import { type PracticeUser, practiceAgents } from '../practiceUsers.ts';
import type { Random } from '../random.ts';
import type { SampleRecord } from '../record.ts';
import { appliancesOf } from './products.ts';
import type { Topic } from './topic.ts';
import { fill } from './words.ts';

/** What the making of one customer's history needs and fills. */
export interface Making {
  into: SampleRecord[];
  plan: CustomerPlan;
  asOfMs: number;
  random: Random;
  /** Null: the number follows. */
  ticketNumbers: { give(at: number): string | null };
}

export interface Texts {
  title: string;
  note: string;
}

export function textsOf(making: Making, topic: Topic): Texts {
  const { plan, random } = making;
  const words = plan.language === 'en' ? topic.en : topic.zh;
  const product = random.weighted(appliancesOf(topic.group));
  return {
    title: fill(words.title, product, plan.language, random),
    note: fill(random.pick(words.notes), product, plan.language, random),
  };
}

export function pickAgent(random: Random): PracticeUser {
  return random.pick(practiceAgents);
}

/** One entry on the customer's time line. */
export function addContact(
  making: Making,
  entry: Pick<Contact, 'kind' | 'at' | 'title' | 'detail'> & Partial<Contact>,
): void {
  making.into.push({
    entity: 'contact',
    id: making.random.uuid(entry.at),
    fields: {
      customerId: making.plan.id,
      agentId: null,
      agentName: null,
      queueId: null,
      direction: null,
      durationMs: null,
      refId: null,
      outcome: null,
      ...entry,
    },
  });
}

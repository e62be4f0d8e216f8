import { type CustomerPlan, longestIndex, planCustomer } from './people/customerPlan.ts';
import { deliveredNumber } from './people/delivered.ts';
import { groupBlock, groupInBlock } from './people/groups.ts';
import { type SampleNumber, strangerMobile } from './people/numbers.ts';
import { Random, scatter, weights } from './random.ts';
import { type SampleSize, streams } from './size.ts';

export interface PracticeCaller {
  /** As the trunk delivers it; `anonymous` where the caller withholds it. */
  number: string;
  /** Display name from the trunk; Chinese carriers send none. */
  name: string | null;
  /** Queue that the caller chose in the menu. */
  queue: string;
  /** `shared`: several customers have the number; `unknown`: none has. */
  kind: 'known' | 'shared' | 'unknown' | 'anonymous';
  /** Only of known callers: nobody can tell which customer of several is calling. */
  customerId?: string;
}

const withTicket = 8;
const wanted = 31;
const sharedCallers = 4;
const unknownCallers = 4;
/** Search for callers ends here, so that a sample of a million answers at once. */
const searched = 20_000;

const queues = weights<string>([
  [5, 'support'],
  [3, 'orders'],
  [2, 'sales'],
  [0.5, 'urgent'],
]);

/**
 * About forty people who ring the practice call centre, all from the sample made with the same size
 * and seed: known ones (class A with open tickets, foreign numbers, the longest time line, others),
 * shared numbers, strangers and one without number, in mixed order. A sample of a few hundred
 * customers has fewer. Looks at 20,000 customers at most, so that a million answer as well.
 */
export function practiceCallers(size: SampleSize): PracticeCaller[] {
  const random = new Random(size.seed, streams.callers, size.customers);
  const callers = [
    ...knownCallers(size, random),
    ...sharedNumberCallers(size, random),
    ...strangers(size, random),
  ];
  const order = callers.map((caller) => ({ caller, at: random.bits() }));
  return order.sort((a, b) => a.at - b.at).map(({ caller }) => caller);
}

function knownCallers(size: SampleSize, random: Random): PracticeCaller[] {
  const important: PracticeCaller[] = [];
  const foreign: PracticeCaller[] = [];
  const usual: PracticeCaller[] = [];
  const most = Math.min(size.customers, searched);
  const longest = longestIndex(size);
  const regular = planCustomer(size, longest);
  const regularNumber = ownNumber(regular);
  if (regularNumber) usual.push(known(regular, regularNumber, 'support', random));
  for (let step = 0; step < most; step++) {
    const index = scatter(step, size.customers, size.seed);
    if (index === longest) continue;
    const plan = planCustomer(size, index);
    const number = ownNumber(plan);
    if (!number) continue;
    if (plan.valueClass === 'A' && plan.openTickets > 0) {
      if (important.length < withTicket) important.push(known(plan, number, 'support', random));
    } else if (number.kind === 'foreign') {
      if (foreign.length < 4) foreign.push(known(plan, number, random.weighted(queues), random));
    } else if (usual.length < wanted) {
      usual.push(known(plan, number, random.weighted(queues), random));
    }
    if (important.length === withTicket && foreign.length === 4 && usual.length === wanted) break;
  }
  return [...important, ...foreign, ...usual].slice(0, wanted);
}

function ownNumber(plan: CustomerPlan): SampleNumber | null {
  const own = plan.numbers.find(({ shared, retired }) => !shared && !retired);
  return own?.number ?? null;
}

function known(
  plan: CustomerPlan,
  number: SampleNumber,
  queue: string,
  random: Random,
): PracticeCaller {
  const name = number.kind === 'foreign' && random.chance(0.7) ? plan.name.name : null;
  return {
    number: deliveredNumber(number, random),
    name,
    queue,
    kind: 'known',
    customerId: plan.id,
  };
}

function sharedNumberCallers(size: SampleSize, random: Random): PracticeCaller[] {
  const blocks = Math.ceil(size.customers / groupBlock);
  const callers: PracticeCaller[] = [];
  for (let step = 0; step < blocks && callers.length < sharedCallers; step++) {
    const group = groupInBlock(size, scatter(step, blocks, size.seed));
    if (!group) continue;
    const queue = random.weighted(queues);
    callers.push({
      number: deliveredNumber(group.number, random),
      name: null,
      queue,
      kind: 'shared',
    });
  }
  return callers;
}

function strangers(size: SampleSize, random: Random): PracticeCaller[] {
  const unknown = Array.from({ length: unknownCallers }, (_, index): PracticeCaller => {
    const number = deliveredNumber(strangerMobile(index, size.seed), random);
    return { number, name: null, queue: random.weighted(queues), kind: 'unknown' };
  });
  return [...unknown, { number: 'anonymous', name: null, queue: 'support', kind: 'anonymous' }];
}

import type { Language } from '../../domain/text/text.ts';
import { dayMs, hourMs, inOfficeHours } from '../history/days.ts';
import { mix, Random, weights } from '../random.ts';
import { type SampleSize, streams } from '../size.ts';
import { groupOf, type SharedGroup } from './groups.ts';
import {
  chineseFirm,
  chinesePerson,
  type SampleName,
  westernFirm,
  westernPerson,
} from './names.ts';
import {
  foreignAt,
  foreignCount,
  landlineAt,
  mobileAt,
  mobilesPerCustomer,
  type SampleNumber,
} from './numbers.ts';
import { type City, chineseAddress, foreignAddress, pickCity } from './places.ts';

export interface PlannedNumber {
  number: SampleNumber;
  extension: string | null;
  label: 'mobile' | 'landline' | 'work' | 'home' | 'other';
  /** Several customers have it. */
  shared: boolean;
  retired: boolean;
}

/** Who a customer is. Nothing here depends on "now", so that callers can be planned without it. */
export interface CustomerPlan {
  index: number;
  id: string;
  kind: 'person' | 'company';
  language: Language;
  name: SampleName;
  valueClass: 'A' | 'B' | 'C';
  createdAt: number;
  addresses: string[];
  numbers: PlannedNumber[];
  openTickets: number;
  /** Entries on the time line. */
  entries: number;
}

const firstCustomerAt = Date.UTC(2012, 0, 1);
/** All customers are older than this day; a sample cannot end before it. */
const lastCustomerAt = Date.UTC(2025, 11, 30);

type Origin = 'chinese' | 'western' | 'chineseFirm' | 'westernFirm';

const origins = weights<Origin>([
  [70, 'chinese'],
  [13, 'western'],
  [12.5, 'chineseFirm'],
  [2.5, 'westernFirm'],
]);
const classes = weights<'A' | 'B' | 'C'>([
  [5, 'A'],
  [75, 'B'],
  [20, 'C'],
]);
const entryCounts = weights<readonly [least: number, most: number]>([
  [11, [1, 2]],
  [80, [3, 8]],
  [8, [9, 24]],
  [1, [40, 75]],
]);

/** A few customers must be busy in every sample, but a large one must not bury the team in open work. */
const maxOpenTickets = 6000;
const longestHistory = 300;

export function planCustomer(size: SampleSize, index: number): CustomerPlan {
  const random = new Random(size.seed, streams.plan, index);
  const group = groupOf(size, index);
  const foreign = group ? null : foreignNumberOf(size, index);
  const origin = originOf(group, foreign, random);
  const firm = origin === 'chineseFirm' || origin === 'westernFirm';
  const language = origin === 'western' || origin === 'westernFirm' ? 'en' : 'zh-CN';
  const place = group?.city ?? pickCity(random);
  const createdAt = inOfficeHours(
    firstCustomerAt + random.fraction() * (lastCustomerAt - firstCustomerAt),
    random,
  );
  const valueClass = random.weighted(classes);
  return {
    index,
    id: random.uuid(createdAt),
    kind: firm ? 'company' : 'person',
    language,
    name: nameOf(origin, group, place, random),
    valueClass,
    createdAt,
    addresses: addressesOf(place, language, firm, group, foreign, random),
    numbers: numbersOf(size, index, firm, place, group, foreign, random),
    openTickets: openTicketsOf(size, valueClass, random),
    entries: entriesOf(size, index, random),
  };
}

/** The one customer whose time line is very long. */
export function longestIndex(size: SampleSize): number {
  return mix(size.seed ^ 0x300) % size.customers;
}

function entriesOf(size: SampleSize, index: number, random: Random): number {
  const [least, most] = random.weighted(entryCounts);
  const count = random.int(least, most);
  return index === longestIndex(size) ? longestHistory : count;
}

function openTicketsOf(size: SampleSize, valueClass: string, random: Random): number {
  const usual = Math.min(0.05, maxOpenTickets / size.customers);
  if (!random.chance(valueClass === 'A' ? usual * 3 : usual)) return 0;
  return random.chance(0.1) ? 2 : 1;
}

/** Foreign numbers are few, so that only every so-many-th customer has one. */
function foreignNumberOf(size: SampleSize, index: number): SampleNumber | null {
  const every = Math.max(40, Math.ceil(size.customers / foreignCount));
  if (index % every !== 25) return null;
  const slot = (index - 25) / every;
  return slot < foreignCount ? foreignAt(slot, size.seed) : null;
}

function originOf(group: SharedGroup | null, foreign: SampleNumber | null, random: Random): Origin {
  const drawn = random.weighted(origins);
  if (group?.kind === 'firm') return group.position === 0 ? 'chineseFirm' : 'chinese';
  if (group) return group.western ? 'western' : 'chinese';
  return foreign ? 'western' : drawn;
}

function nameOf(
  origin: Origin,
  group: SharedGroup | null,
  place: City,
  random: Random,
): SampleName {
  if (origin === 'chineseFirm') return chineseFirm(place, random);
  if (origin === 'westernFirm') return westernFirm(random);
  const family = group?.kind === 'household' && group.position !== 1 ? group : null;
  if (origin === 'western') return westernPerson(random, family?.westernSurname);
  return chinesePerson(random, family?.surname);
}

function addressesOf(
  place: City,
  language: Language,
  firm: boolean,
  group: SharedGroup | null,
  foreign: SampleNumber | null,
  random: Random,
): string[] {
  const own = chineseAddress(place, language, firm, random);
  if (group) return [group.address];
  if (!foreign) return random.chance(0.93) ? [own] : [];
  if (foreign.normal.startsWith('+49')) return [own, foreignAddress('de', random)];
  if (foreign.normal.startsWith('+44')) return [own, foreignAddress('gb', random)];
  return [own];
}

function numbersOf(
  size: SampleSize,
  index: number,
  firm: boolean,
  place: City,
  group: SharedGroup | null,
  foreign: SampleNumber | null,
  random: Random,
): PlannedNumber[] {
  const mobile = (slot: number) => mobileAt(index * mobilesPerCustomer + slot, size.seed);
  const landline = landlineAt(place.areaCode, index, size.seed);
  const numbers: PlannedNumber[] = [];
  const add = (
    number: SampleNumber,
    label: PlannedNumber['label'],
    more?: Partial<PlannedNumber>,
  ) => numbers.push({ number, label, extension: null, shared: false, retired: false, ...more });

  const wantsLandline = random.chance(firm ? 0.95 : 0.2);
  const wantsMobile = random.chance(firm ? 0.5 : 0.95);
  const wantsSecond = random.chance(0.12);
  const extension = random.chance(0.5) ? String(random.int(8001, 8899)) : null;
  const inOffice = random.chance(0.06);

  if (group && !(group.kind === 'firm' && group.position > 0)) {
    add(group.number, firm ? 'work' : group.number.kind === 'mobile' ? 'mobile' : 'home', {
      shared: true,
    });
  }
  if (foreign) add(foreign, 'other');
  if (wantsMobile && !firm) add(mobile(0), 'mobile');
  if (wantsLandline && !group) add(landline, firm ? 'work' : 'landline');
  if (wantsMobile && firm) add(mobile(0), 'mobile');
  if (group?.kind === 'firm' && group.position > 0) {
    add(group.number, 'work', { shared: true, extension: String(8000 + group.position) });
  }
  if (wantsSecond) add(mobile(1), 'mobile', { retired: random.chance(0.3) });
  if (inOffice && !firm && !wantsLandline && !group) add(landline, 'work', { extension });
  if (numbers.length === 0) add(random.chance(0.8) ? mobile(0) : landline, 'other');
  return numbers;
}

/** 2026-01-01 at home, ms UTC: later than the youngest customer of any sample. */
export const earliestAsOfMs = lastCustomerAt + 2 * dayMs - 8 * hourMs;

import { Random, weights } from '../random.ts';
import { type SampleSize, streams } from '../size.ts';
import { chineseSurname, westernSurname } from './names.ts';
import { landlineAt, mobileAt, mobilesPerCustomer, type SampleNumber } from './numbers.ts';
import { type City, chineseAddress, pickCity } from './places.ts';

/** One number of several customers: a household, or a firm's main line with people who work there. */
export interface SharedGroup {
  kind: 'household' | 'firm';
  /** Index of its first customer; the others follow it. */
  first: number;
  members: number;
  /** Place of the asked customer in the group, 0 for the first. */
  position: number;
  western: boolean;
  surname: readonly [zh: string, latin: string];
  westernSurname: string;
  city: City;
  address: string;
  number: SampleNumber;
}

/** One group stands in each block of so many customers: about two in a hundred share a number. */
export const groupBlock = 110;

const memberCounts = weights<number>([
  [7, 2],
  [2, 3],
  [1, 4],
]);

/** The group of a block, or null where the sample ends before its second member. */
export function groupInBlock(size: SampleSize, block: number): SharedGroup | null {
  const random = new Random(size.seed, streams.group, block);
  const first = block * groupBlock + random.int(3, 20);
  const members = Math.min(random.weighted(memberCounts), size.customers - first);
  if (members < 2) return null;
  const kind = random.chance(0.65) ? 'household' : 'firm';
  const western = kind === 'household' && random.chance(0.12);
  const city = pickCity(random);
  const onMobile = kind === 'household' && random.chance(0.5);
  return {
    kind,
    first,
    members,
    position: 0,
    western,
    surname: chineseSurname(random),
    westernSurname: westernSurname(random),
    city,
    address: chineseAddress(city, western ? 'en' : 'zh-CN', kind === 'firm', random),
    number: onMobile
      ? mobileAt(first * mobilesPerCustomer + 2, size.seed)
      : landlineAt(city.areaCode, first, size.seed),
  };
}

/** The group that customer `index` belongs to, with its place in it. */
export function groupOf(size: SampleSize, index: number): SharedGroup | null {
  const inBlock = index % groupBlock;
  if (inBlock < 3 || inBlock > 23) return null;
  const group = groupInBlock(size, Math.floor(index / groupBlock));
  if (!group || index < group.first || index >= group.first + group.members) return null;
  return { ...group, position: index - group.first };
}

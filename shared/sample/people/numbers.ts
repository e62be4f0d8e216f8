import { type Random, scatter } from '../random.ts';

/**
 * Numbers that belong to nobody, as far as a country has such.
 *
 * - Chinese mobiles: no range is set aside for fiction. 1349 is a satellite prefix of which the
 *   ministry's list (numbers and H0 digits of public mobile networks, end of March 2023) gives out
 *   only 1349-2, -3 and -9; the sample stays in 1349-0, -1 and -4 to -8: seven million numbers.
 * - Chinese landlines: subscribers' numbers begin with 2 to 8, and none of these is set aside. In the
 *   cities with eight digits hardly any beginning with 7 has been given out, so that the sample
 *   takes 79 and 72; unlike the others, this is no promise.
 * - Germany and Britain: the regulators' numbers for film and television (Bundesnetzagentur
 *   "Rufnummern für Film und Fernsehen"; Ofcom "Telephone numbers for use in TV and radio drama").
 * - North America: 555-0100 to 555-0199.
 *
 * Still, the sample is for practice: nothing dials it into a public network.
 */
export interface SampleNumber {
  /** E.164 with `+`. */
  normal: string;
  kind: 'mobile' | 'landline' | 'foreign';
  /** Leading digits that people set apart: area code or operator part, without trunk 0. */
  area: string;
  /** What follows the area. */
  local: string;
}

const mobileHeads = ['13490', '13491', '13494', '13495', '13496', '13497', '13498'];
const perMobileHead = 1_000_000;
const perLandlineHead = 1_000_000;
const mobileCount = mobileHeads.length * perMobileHead;

/** Every customer owns this many mobile slots; the slots above all customers' belong to nobody. */
export const mobilesPerCustomer = 3;
export const maxCustomers = 2_000_000;

/** The mobile in `slot`, one number for one slot. Slots from `customers × 3` on are never given out. */
export function mobileAt(slot: number, seed: number): SampleNumber {
  const place = scatter(slot, mobileCount, seed);
  const head = mobileHeads[Math.floor(place / perMobileHead)] ?? '13490';
  const digits = head + String(place % perMobileHead).padStart(6, '0');
  return {
    normal: `+86${digits}`,
    kind: 'mobile',
    area: digits.slice(0, 3),
    local: digits.slice(3),
  };
}

/** A mobile that no customer of any sample with this seed has; `index` from 0. */
export function strangerMobile(index: number, seed: number): SampleNumber {
  return mobileAt(mobileCount - 1 - index, seed);
}

/** One landline for one slot (0 … `maxCustomers` − 1) within an area with eight-digit numbers. */
export function landlineAt(areaCode: string, slot: number, seed: number): SampleNumber {
  const head = slot < perLandlineHead ? '79' : '72';
  const local =
    head + String(scatter(slot % perLandlineHead, perLandlineHead, seed + 1)).padStart(6, '0');
  const area = areaCode.slice(1);
  return { normal: `+86${area}${local}`, kind: 'landline', area, local };
}

interface ForeignRange {
  country: string;
  area: string;
  head: string;
  /** Digits after `head`. */
  digits: number;
}

function range(country: string, area: string, head: string, digits: number): ForeignRange {
  return { country, area, head, digits };
}

const americanAreas = [
  '202',
  '206',
  '212',
  '213',
  '303',
  '305',
  '312',
  '404',
  '415',
  '503',
  '617',
  '713',
];

const ranges: readonly ForeignRange[] = [
  range('49', '30', '23125', 3),
  range('49', '69', '90009', 3),
  range('49', '40', '66969', 3),
  range('49', '221', '4710', 3),
  range('49', '89', '99998', 3),
  range('49', '171', '39200', 2),
  range('44', '20', '79460', 3),
  range('44', '161', '4960', 3),
  range('44', '131', '4960', 3),
  range('44', '113', '4960', 3),
  range('44', '117', '4960', 3),
  ...americanAreas.map((area) => range('1', area, '55501', 2)),
];

export const foreignCount = ranges.reduce((sum, { digits }) => sum + 10 ** digits, 0);

/** One foreign number for one slot, 0 … `foreignCount` − 1. */
export function foreignAt(slot: number, seed: number): SampleNumber {
  let place = scatter(slot, foreignCount, seed);
  for (const { country, area, head, digits } of ranges) {
    const size = 10 ** digits;
    if (place < size) {
      const local = head + String(place).padStart(digits, '0');
      return { normal: `+${country}${area}${local}`, kind: 'foreign', area, local };
    }
    place -= size;
  }
  throw new RangeError('no such foreign number');
}

type Writing = (area: string, local: string) => string;

const mobileWritings: readonly Writing[] = [
  (area, local) => area + local,
  (area, local) => area + local,
  (area, local) => area + local,
  (area, local) => `${area} ${local.slice(0, 4)} ${local.slice(4)}`,
  (area, local) => `${area}-${local.slice(0, 4)}-${local.slice(4)}`,
  (area, local) => `${area}.${local.slice(0, 4)}.${local.slice(4)}`,
  (area, local) => `+86 ${area} ${local.slice(0, 4)} ${local.slice(4)}`,
  (area, local) => `+86${area}${local}`,
  (area, local) => `86${area}${local}`,
  (area, local) => `+86-${area}${local}`,
  (area, local) => `(+86)${area}-${local.slice(0, 4)}-${local.slice(4)}`,
  (area, local) => `0086 ${area} ${local}`,
  (area, local) => `0${area}${local}`,
  (area, local) => fullWidth(area + local),
  (area, local) => `${area}${local.slice(0, 1)} ${local.slice(1, 4)} ${local.slice(4)}`,
];

const landlineWritings: readonly Writing[] = [
  (area, local) => `0${area}-${local}`,
  (area, local) => `0${area}-${local}`,
  (area, local) => `0${area}${local}`,
  (area, local) => `(0${area})${local}`,
  (area, local) => `（0${area}）${local}`,
  (area, local) => `0${area} ${local.slice(0, 4)} ${local.slice(4)}`,
  (area, local) => `0${area}-${local.slice(0, 4)}-${local.slice(4)}`,
  (area, local) => `+86 ${area} ${local.slice(0, 4)} ${local.slice(4)}`,
  (area, local) => `+86-${area}-${local}`,
  (area, local) => `+86(0)${area} ${local}`,
  (area, local) => `0086-${area}-${local}`,
  (area, local) => `86-${area}-${local}`,
  (area, local) => `0${area}－${fullWidth(local)}`,
];

const foreignWritings: readonly ((country: string, area: string, local: string) => string)[] = [
  (country, area, local) => `+${country}${area}${local}`,
  (country, area, local) => `+${country} ${area} ${local}`,
  (country, area, local) => `00${country} ${area} ${local}`,
  (country, area, local) => `+${country} ${area} ${local.slice(0, 4)} ${local.slice(4)}`,
  (country, area, local) => `+${country}-${area}-${local}`,
  (country, area, local) => `+${country} (${area}) ${local.slice(0, 3)}-${local.slice(3)}`,
];

const extensionWritings: readonly ((extension: string) => string)[] = [
  (extension) => `转${extension}`,
  (extension) => ` 分机 ${extension}`,
  (extension) => ` ext. ${extension}`,
  (extension) => `x${extension}`,
];

/** A bare hyphen is used behind the national form only: after a country code it would be ambiguous. */
function writeExtension(extension: string, written: string, random: Random): string {
  if (/^0[1-9]/.test(written) && random.chance(0.6)) return `-${extension}`;
  return random.pick(extensionWritings)(extension);
}

function fullWidth(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

/**
 * The number as somebody may have written it down, readable with the default configuration's home
 * (China, area 021): numbers of Shanghai may stand without area code, foreign ones never without
 * country.
 */
export function writeNumber(
  number: SampleNumber,
  extension: string | null,
  random: Random,
): string {
  const written = writeAlone(number, random);
  return extension === null ? written : written + writeExtension(extension, written, random);
}

function writeAlone(number: SampleNumber, random: Random): string {
  const { area, local } = number;
  if (number.kind === 'mobile') return random.pick(mobileWritings)(area, local);
  if (number.kind === 'foreign') {
    const country = number.normal.slice(1, number.normal.length - area.length - local.length);
    return random.pick(foreignWritings)(country, area, local);
  }
  if (area === '21' && random.chance(0.1)) return local;
  return random.pick(landlineWritings)(area, local);
}

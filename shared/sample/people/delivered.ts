import type { Random } from '../random.ts';
import type { SampleNumber } from './numbers.ts';

/** A caller's number as trunks of Chinese carriers hand it over: hardly ever in E.164. */
export function deliveredNumber(number: SampleNumber, random: Random): string {
  const { normal, kind, area, local } = number;
  const way = random.fraction();
  if (kind === 'foreign') return way < 0.6 ? normal : `00${normal.slice(1)}`;
  if (kind === 'landline') {
    if (way < 0.6) return `0${area}${local}`;
    return way < 0.85 ? normal.slice(1) : normal;
  }
  if (way < 0.35) return `0${area}${local}`;
  if (way < 0.6) return area + local;
  return way < 0.85 ? normal.slice(1) : normal;
}

import type { SegmentRule } from '#shared/domain/segments/segmentRule.ts';

let picked: SegmentRule | null = null;

/** What a new segment begins with: a class or a cell of the summary that was just chosen. */
export function pickRule(rule: SegmentRule | null): void {
  picked = rule;
}

export function pickedRule(): SegmentRule | null {
  return picked;
}

import { expect, it } from 'vitest';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { changedBeside, givenBack, sectionOfPlace } from './sectionFields.ts';
import { sections } from './sections.tsx';

const held = defaultConfiguration;
const changed = {
  ...held,
  currency: 'EUR',
  queues: [],
  phone: { ...held.phone, echoNumber: '601', directory: [] },
};
const of = (id: string) => {
  const section = sections.find((one) => one.id === id);
  if (!section) throw new Error(`no page ${id}`);
  return section;
};

it('knows which other pages of one part were changed', () => {
  const ids = changedBeside(of('queues'), sections, changed, held).map(({ id }) => id);
  expect(ids).toEqual(['centre', 'phones', 'numbers']);
  expect(changedBeside(of('teams'), sections, changed, held)).toEqual([]);
});

it('gives back what one page edits, and leaves what others changed', () => {
  expect(givenBack(of('phones'), changed, held)).toEqual({
    ...changed,
    phone: { ...held.phone, directory: [] },
  });
  expect(givenBack(of('centre'), changed, held)).toEqual({ ...changed, currency: held.currency });
});

it.each([
  ['configuration', 'phone.callerIds.0.number', 'phones'],
  ['configuration', 'phone.breakLimitsMs.rest', 'breaks'],
  ['configuration', 'breakReasons', 'breaks'],
  ['configuration', 'home.areaCode', 'centre'],
  ['configuration', 'queues', 'queues'],
  ['configuration', 'profileFields.0', undefined],
  ['teams', 'teams.0.id', undefined],
] as const)('finds the page of %s %s', (key, place, id) => {
  expect(sectionOfPlace(key, place, sections)?.id).toBe(id);
});

it('every field of the first part belongs to one page', () => {
  const fields = sections.flatMap((section) => section.fields);
  expect(new Set(fields).size).toBe(fields.length);
});

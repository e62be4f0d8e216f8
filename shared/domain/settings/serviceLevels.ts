import { z } from 'zod';
import { valueClasses } from '../customers/customer.ts';
import { dateSchema } from '../primitives.ts';
import { isTimeZone } from '../serviceLevels/zonedTime.ts';
import { bilingualSchema } from '../text/text.ts';
import { ticketPriorities, ticketTypes } from '../tickets/ticket.ts';
import { chinaWorkingDays } from './chinaWorkingDays.ts';

const minuteOfDay = z.int().min(0).max(1440);

/** Hours of one day of the week; 1 is Monday. A day may have several. */
const openHoursSchema = z.object({
  day: z.int().min(1).max(7),
  from: minuteOfDay,
  to: minuteOfDay,
});

/** When the clocks of a service level run, in the calendar's time zone. */
const businessCalendarSchema = z.object({
  id: z.string().min(1).max(64),
  name: bilingualSchema,
  /** IANA name, such as `Asia/Shanghai`. */
  timeZone: z.string().min(1).max(64),
  week: z.array(openHoursSchema).max(50),
  holidays: z.array(z.object({ date: dateSchema, name: bilingualSchema })).max(1000),
  /** Days on which work is made up for (调休); they have the hours of the named day of the week. */
  makeUpDays: z
    .array(z.object({ date: dateSchema, as: z.int().min(1).max(7), name: bilingualSchema }))
    .max(1000),
});
export type BusinessCalendar = z.infer<typeof businessCalendarSchema>;

export const serviceLimits = ['acknowledge', 'respond', 'resolve', 'visit'] as const;
export type ServiceLimit = (typeof serviceLimits)[number];

/** Limits of time for tickets; the first policy that fits counts. An empty list fits all. */
const servicePolicySchema = z.object({
  id: z.string().min(1).max(64),
  name: bilingualSchema,
  types: z.array(z.enum(ticketTypes)),
  classes: z.array(z.enum(valueClasses)),
  priorities: z.array(z.enum(ticketPriorities)),
  /** Null: the clock of the wall, day and night. */
  calendarId: z.string().max(64).nullable(),
  /** Minutes of open hours; a limit not named does not exist. */
  minutes: z.partialRecord(z.enum(serviceLimits), z.int().positive().max(1_000_000)),
  /** Share of a limit after which its owner is warned, in per cent. */
  warnAtPercent: z.int().min(1).max(100),
});
export type ServicePolicy = z.infer<typeof servicePolicySchema>;

export const serviceLevelsSchema = z
  .object({
    calendars: z.array(businessCalendarSchema).max(50),
    policies: z.array(servicePolicySchema).max(500),
  })
  .check((context) => {
    for (const { path, message } of contradictions(context.value)) {
      context.issues.push({ code: 'custom', message, path: [...path], input: context.value });
    }
  });
export type ServiceLevels = z.infer<typeof serviceLevelsSchema>;

export interface Contradiction {
  path: readonly (string | number)[];
  message:
    | 'id-twice'
    | 'zone-unknown'
    | 'hours-reversed'
    | 'never-open'
    | 'date-twice'
    | 'calendar-unknown';
}

/** What no field says alone: ids that come twice, hours that end before they begin, calendars that are not there. */
export function contradictions({ calendars, policies }: ServiceLevels): Contradiction[] {
  const ids = calendars.map(({ id }) => id);
  return [
    ...twice(ids).map((at) => wrong('id-twice', 'calendars', at, 'id')),
    ...twice(policies.map(({ id }) => id)).map((at) => wrong('id-twice', 'policies', at, 'id')),
    ...calendars.flatMap((calendar, at) =>
      wrongInCalendar(calendar).map(({ path, message }) =>
        wrong(message, 'calendars', at, ...path),
      ),
    ),
    ...policies.flatMap(({ calendarId }, at) =>
      calendarId === null || ids.includes(calendarId)
        ? []
        : [wrong('calendar-unknown', 'policies', at, 'calendarId')],
    ),
  ];
}

function wrongInCalendar({ timeZone, week, holidays, makeUpDays }: BusinessCalendar) {
  const dates = [...holidays, ...makeUpDays].map(({ date }) => date);
  const placeOf = (at: number): (string | number)[] =>
    at < holidays.length ? ['holidays', at, 'date'] : ['makeUpDays', at - holidays.length, 'date'];
  return [
    ...(isTimeZone(timeZone) ? [] : [wrong('zone-unknown', 'timeZone')]),
    ...(week.length > 0 ? [] : [wrong('never-open', 'week')]),
    ...week.flatMap(({ from, to }, at) => (from < to ? [] : [wrong('hours-reversed', 'week', at)])),
    ...twice(dates).map((at) => wrong('date-twice', ...placeOf(at))),
  ];
}

function wrong(message: Contradiction['message'], ...path: (string | number)[]): Contradiction {
  return { message, path };
}

/** Places of the values that stand further up already. */
function twice(values: readonly string[]): number[] {
  const seen = new Set<string>();
  return values.flatMap((value, at) => {
    if (seen.has(value)) return [at];
    seen.add(value);
    return [];
  });
}

function usualPolicy(
  priority: ServicePolicy['priorities'][number],
  name: ServicePolicy['name'],
  hours: { respond: number; resolve: number },
  calendarId: string | null,
): ServicePolicy {
  return {
    id: priority,
    name,
    types: [],
    classes: [],
    priorities: [priority],
    calendarId,
    minutes: { respond: hours.respond * 60, resolve: hours.resolve * 60 },
    warnAtPercent: 75,
  };
}

/** Product map S3: normal 24 h and 3 working days, major 12 h and 5 days, urgent 2 h and 24 h. */
export const usualServiceLevels: ServiceLevels = {
  calendars: [chinaWorkingDays],
  policies: [
    usualPolicy('urgent', { en: 'Urgent', 'zh-CN': '紧急' }, { respond: 2, resolve: 24 }, null),
    usualPolicy('major', { en: 'Major', 'zh-CN': '重要' }, { respond: 12, resolve: 120 }, null),
    usualPolicy('normal', { en: 'Normal', 'zh-CN': '一般' }, { respond: 24, resolve: 72 }, 'china'),
  ],
};

export const serviceLevelsPart = { schema: serviceLevelsSchema, usual: usualServiceLevels };

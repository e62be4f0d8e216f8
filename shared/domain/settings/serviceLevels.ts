import { z } from 'zod';
import { valueClasses } from '../customer.ts';
import { dateSchema } from '../primitives.ts';
import { bilingualSchema } from '../text.ts';
import { ticketPriorities, ticketTypes } from '../ticket.ts';

const minuteOfDay = z.int().min(0).max(1440);

/** Hours of one day of the week; 1 is Monday. A day may have several. */
export const openHoursSchema = z.object({
  day: z.int().min(1).max(7),
  from: minuteOfDay,
  to: minuteOfDay,
});

/** When the clocks of a service level run, in the calendar's time zone. */
export const businessCalendarSchema = z.object({
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
export const servicePolicySchema = z.object({
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

export const serviceLevelsSchema = z.object({
  calendars: z.array(businessCalendarSchema).max(50),
  policies: z.array(servicePolicySchema).max(500),
});
export type ServiceLevels = z.infer<typeof serviceLevelsSchema>;

export const usualServiceLevels: ServiceLevels = { calendars: [], policies: [] };

export const serviceLevelsPart = { schema: serviceLevelsSchema, usual: usualServiceLevels };

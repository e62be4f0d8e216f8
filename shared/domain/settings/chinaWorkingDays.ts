import type { BusinessCalendar } from './serviceLevels.ts';

type Named = Omit<BusinessCalendar['holidays'][number], 'date'>['name'];

const newYear: Named = { en: "New Year's Day", 'zh-CN': '元旦' };
const spring: Named = { en: 'Spring Festival', 'zh-CN': '春节' };
const tombs: Named = { en: 'Qingming Festival', 'zh-CN': '清明节' };
const labour: Named = { en: 'Labour Day', 'zh-CN': '劳动节' };
const boats: Named = { en: 'Dragon Boat Festival', 'zh-CN': '端午节' };
const moon: Named = { en: 'Mid-Autumn Festival', 'zh-CN': '中秋节' };
const national: Named = { en: 'National Day', 'zh-CN': '国庆节' };

/** Days of one month, the last included. */
function days(month: string, first: number, last: number, name: Named) {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    date: `${month}-${String(first + index).padStart(2, '0')}`,
    name,
  }));
}

const madeUp = (date: string, as: number, name: Named) => ({ date, as, name });

/** As the General Office of the State Council announced them on 2025-11-04 (国办发明电〔2025〕7号). */
const holidays2026 = [
  ...days('2026-01', 1, 3, newYear),
  ...days('2026-02', 15, 23, spring),
  ...days('2026-04', 4, 6, tombs),
  ...days('2026-05', 1, 5, labour),
  ...days('2026-06', 19, 21, boats),
  ...days('2026-09', 25, 27, moon),
  ...days('2026-10', 1, 7, national),
];

/** The notice does not say which weekday is worked for which: each stands for a Friday or a Monday beside it. */
const makeUpDays2026 = [
  madeUp('2026-01-04', 5, newYear),
  madeUp('2026-02-14', 1, spring),
  madeUp('2026-02-28', 5, spring),
  madeUp('2026-05-09', 2, labour),
  madeUp('2026-09-20', 3, national),
  madeUp('2026-10-10', 4, national),
];

/**
 * Only the days that are free by law (全国年节及纪念日放假办法, as of 2025). Which weekdays are added to them and
 * which weekends are worked in return is announced each autumn; the administrator enters it.
 */
const holidays2027 = [
  ...days('2027-01', 1, 1, newYear),
  ...days('2027-02', 5, 8, spring),
  ...days('2027-04', 5, 5, tombs),
  ...days('2027-05', 1, 2, labour),
  ...days('2027-06', 9, 9, boats),
  ...days('2027-09', 15, 15, moon),
  ...days('2027-10', 1, 3, national),
];

/** Working days of mainland China, each of them from midnight to midnight: "three working days" are three such days. */
export const chinaWorkingDays: BusinessCalendar = {
  id: 'china',
  name: { en: 'Working days in China', 'zh-CN': '中国工作日' },
  timeZone: 'Asia/Shanghai',
  week: [1, 2, 3, 4, 5].map((day) => ({ day, from: 0, to: 1440 })),
  holidays: [...holidays2026, ...holidays2027],
  makeUpDays: makeUpDays2026,
};

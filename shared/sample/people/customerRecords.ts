import type { ProfileValue } from '../../domain/customers/customer.ts';
import { foldText } from '../../domain/text/text.ts';
import { dateAt, dayMs } from '../history/days.ts';
import { type InBoth, of, pinnedNotes, tagWords } from '../history/words.ts';
import type { Random } from '../random.ts';
import type { SampleRecord } from '../record.ts';
import type { CustomerPlan } from './customerPlan.ts';
import { writeNumber } from './numbers.ts';

const mailDomains = ['mail.example', 'post.example', 'inbox.example', 'letters.example'];
const sources = ['call', 'call', 'import', 'visit', 'web'];

const occupations: InBoth<readonly string[]> = {
  zh: ['教师', '工程师', '医生', '个体经营', '退休', '公务员', '设计师', '司机', '会计', '销售'],
  en: [
    'teacher',
    'engineer',
    'doctor',
    'own business',
    'retired',
    'designer',
    'accountant',
    'sales manager',
  ],
};
const contactTimes: InBoth<readonly string[]> = {
  zh: ['工作日白天', '晚上六点后', '周末', '随时'],
  en: ['weekdays', 'after six in the evening', 'weekend', 'any time'],
};
const homeTypes: InBoth<readonly string[]> = {
  zh: ['公寓', '联排别墅', '独栋', '老公房'],
  en: ['flat', 'terraced house', 'detached house', 'old flat'],
};
const industries: InBoth<readonly string[]> = {
  zh: ['物业', '酒店', '餐饮', '装饰', '教育', '医疗'],
  en: ['property', 'hotel', 'catering', 'interiors', 'education', 'medical'],
};
const companyRoles: InBoth<readonly string[]> = {
  zh: ['采购经理', '工程主管', '行政', '负责人'],
  en: ['purchasing', 'building services', 'office manager', 'owner'],
};
const contactPersons: InBoth<readonly string[]> = {
  zh: ['王经理', '李主管', '陈女士', '周先生'],
  en: ['Ms Hadley', 'Mr Bergmann', 'Ms Novak', 'Mr Calder'],
};

/** Day of the last check: fresh, years old, or never. Not before the customer came. */
function verifiedOn(plan: CustomerPlan, asOfMs: number, random: Random): string | null {
  const kind = random.fraction();
  if (kind < 0.25) return null;
  const days = kind < 0.6 ? random.int(0, 90) : random.int(400, 2200);
  return dateAt(Math.max(plan.createdAt, asOfMs - days * dayMs));
}

function profileOf(
  plan: CustomerPlan,
  asOfMs: number,
  random: Random,
): Record<string, ProfileValue> {
  const { language } = plan;
  const profile: Record<string, ProfileValue> = {};
  const put = (id: string, probability: number, value: () => string) => {
    if (!random.chance(probability)) return;
    profile[id] = {
      value: value(),
      verifiedOn: verifiedOn(plan, asOfMs, random),
      source: random.pick(sources),
    };
  };
  put('language', 0.9, () => (language === 'en' ? 'English' : '中文'));
  put('contactTime', 0.25, () => random.pick(of(contactTimes, language)));
  put('installedOn', 0.3, () =>
    dateAt(Math.min(asOfMs, plan.createdAt + random.int(1, 20) * dayMs)),
  );
  if (plan.kind === 'company') {
    put('industry', 0.7, () => random.pick(of(industries, language)));
    put('contactPerson', 0.8, () => random.pick(of(contactPersons, language)));
    put('companyRole', 0.5, () => random.pick(of(companyRoles, language)));
    return profile;
  }
  put('birthday', 0.45, () => dateAt(Date.UTC(random.int(1948, 2003), 0, random.int(1, 365))));
  put('occupation', 0.3, () => random.pick(of(occupations, language)));
  put('household', 0.25, () => String(random.int(1, 6)));
  put('homeType', 0.2, () => random.pick(of(homeTypes, language)));
  return profile;
}

function tagsOf(plan: CustomerPlan, random: Random): string[] {
  if (!random.chance(0.3)) return [];
  const words = of(tagWords, plan.language);
  const first = random.pick(words);
  const second = random.pick(words);
  return random.chance(0.25) && second !== first ? [first, second] : [first];
}

function mailOf(plan: CustomerPlan, random: Random): string | null {
  const number = random.int(1, 999);
  if (plan.kind === 'company') {
    if (!random.chance(0.8)) return null;
    return `${random.pick(['info', 'office', 'service'])}@${plan.name.latin}.example`;
  }
  if (!random.chance(0.45)) return null;
  const written = `${plan.name.latin}${number}@${random.pick(mailDomains)}`;
  return random.chance(0.1) ? written.charAt(0).toUpperCase() + written.slice(1) : written;
}

/** The customer's own record and its contact points; the first usable number is the preferred one. */
export function addCustomer(
  into: SampleRecord[],
  plan: CustomerPlan,
  asOfMs: number,
  random: Random,
): void {
  into.push({
    entity: 'customer',
    id: plan.id,
    fields: {
      no: `C${String(100_001 + plan.index).padStart(7, '0')}`,
      kind: plan.kind,
      name: plan.name.name,
      valueClass: plan.valueClass,
      since: dateAt(plan.createdAt),
      tags: tagsOf(plan, random),
      profile: profileOf(plan, asOfMs, random),
      pinnedNote: random.chance(0.06) ? random.pick(of(pinnedNotes, plan.language)) : null,
      createdAt: plan.createdAt,
      createdBy: 'import',
    },
  });
  addPoints(into, plan, asOfMs, random);
}

function addPoints(into: SampleRecord[], plan: CustomerPlan, asOfMs: number, random: Random): void {
  const common = () => ({ customerId: plan.id, verifiedOn: verifiedOn(plan, asOfMs, random) });
  plan.numbers.forEach(({ number, extension, label, retired }, place) => {
    const fields = {
      ...common(),
      kind: 'phone' as const,
      label,
      raw: writeNumber(number, extension, random),
      normal: number.normal,
      extension,
      preferred: place === 0,
      retired,
    };
    into.push({ entity: 'contactPoint', id: random.uuid(plan.createdAt), fields });
  });
  const label = plan.kind === 'company' ? ('work' as const) : ('home' as const);
  const other = { extension: null, preferred: false, retired: false, label };
  const mail = mailOf(plan, random);
  if (mail !== null) {
    const fields = {
      ...common(),
      ...other,
      kind: 'email' as const,
      raw: mail,
      normal: foldText(mail),
    };
    into.push({ entity: 'contactPoint', id: random.uuid(plan.createdAt), fields });
  }
  for (const raw of plan.addresses) {
    const fields = { ...common(), ...other, kind: 'address' as const, raw, normal: foldText(raw) };
    into.push({ entity: 'contactPoint', id: random.uuid(plan.createdAt), fields });
  }
}

import type { Configuration, TicketCategory } from '#shared/domain/configuration.ts';
import { foldText, type Language } from '#shared/domain/text/text.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import type { ImportKind, ImportSettings } from '#shared/sync/importing.ts';
import { readConfiguration } from '../store/configuration.ts';
import { readUsers } from '../store/importRows.ts';
import type { Db } from '../store/store.ts';
import { fieldsOf } from './fields/catalog.ts';
import type { Named, ReadContext } from './rows/draft.ts';

/** As the administrator set it, or as a new installation has it. */
export async function configurationOf(db: Db): Promise<Configuration> {
  return (await readConfiguration(db)) ?? defaultConfiguration;
}

export interface ReadRequest {
  kind: ImportKind;
  settings: ImportSettings;
  language: Language;
  importer: Named;
  nowMs: number;
}

/** What rows are read by: the centre's configuration and its people, as they are now. */
export async function readContextOf(db: Db, request: ReadRequest): Promise<ReadContext> {
  const configuration = await configurationOf(db);
  const { home, currency, profileFields, ticketCategories } = configuration;
  const users = await usersByName(db);
  const categories = categoriesByName(ticketCategories);
  return {
    ...request,
    fields: fieldsOf(request.kind, configuration),
    home: {
      country: home.country as ReadContext['home']['country'],
      ...(home.areaCode === null ? {} : { areaCode: home.areaCode }),
    },
    currency,
    profileDates: profileFields.filter(({ type }) => type === 'date').map(({ id }) => id),
    userOf: (text) => users.get(foldText(text)) ?? null,
    categoryOf: (text) => categories.get(foldText(text)) ?? null,
  };
}

/** By login and by name; a name of two people means neither. */
async function usersByName(db: Db): Promise<Map<string, Named>> {
  const users = new Map<string, Named>();
  const doubtful = new Set<string>();
  const list = await readUsers(db);
  for (const { id, name } of list) {
    const key = foldText(name);
    if (users.has(key)) doubtful.add(key);
    users.set(key, { id, name });
  }
  for (const key of doubtful) users.delete(key);
  for (const { id, name, login } of list) users.set(foldText(login), { id, name });
  return users;
}

/** By id, by the whole path and by its last name, in both languages. */
function categoriesByName(categories: readonly TicketCategory[]): Map<string, string> {
  const known = new Map<string, string>();
  const put = (text: string, id: string) => {
    const key = foldText(text);
    if (!known.has(key)) known.set(key, id);
  };
  for (const { id } of categories) put(id, id);
  for (const { id, path } of categories) {
    for (const language of ['en', 'zh-CN'] as const) {
      const names = path.map((part) => part[language]);
      for (const sign of [' / ', '/', ' > ', '-', ' · ']) put(names.join(sign), id);
    }
  }
  for (const { id, path } of categories) {
    const last = path.at(-1);
    if (!last) continue;
    put(last.en, id);
    put(last['zh-CN'], id);
  }
  return known;
}

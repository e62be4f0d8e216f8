import { v7 as uuidv7 } from 'uuid';
import { loginKey } from '#shared/domain/users/login.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { practiceArticles } from '#shared/sample/knowledge/articles.ts';
import { practiceScripts } from '#shared/sample/knowledge/scripts.ts';
import { practiceTeams, practiceUsers, userFieldsOf } from '#shared/sample/practiceUsers.ts';
import { usualQuestionnaire } from '#shared/sample/questionnaire.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { hashPassword, passwordCostOf } from '../accounts/password.ts';
import type { ServerOptions } from '../options.ts';
import { StartError } from '../startError.ts';
import { insertAccounts } from '../store/accounts.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { insertRecords, lockName, type NewRecord } from '../store/records.ts';
import type { Db, Tx } from '../store/store.ts';
import { wishPracticeHistory } from './practiceHistory.ts';
import { insertPracticeSample } from './practiceSample.ts';

/** Id of the one `setting` record with the key `configuration`. */
const configurationId = '019b76da-a800-7000-8000-000000000001';
const teamsId = '019b76da-a800-7000-8000-000000000003';

type SeedOptions = Pick<
  ServerOptions,
  | 'mode'
  | 'firstAdministrator'
  | 'practiceCustomers'
  | 'practiceHistoryDays'
  | 'pbx'
  | 'now'
  | 'passwordCost'
>;

/**
 * Fill an empty database with what its mode starts from, all or nothing. A database of the other mode
 * is refused: the passwords of practice are known to everybody.
 */
export async function seed(db: Db, clock: Clock, options: SeedOptions): Promise<void> {
  const made = await readMeta(db, 'mode');
  if (made === options.mode) return;
  if (made) {
    throw new StartError(
      `SWITCHBOARD_MODE: the database was made for ${made} and cannot serve ${options.mode}`,
      2,
    );
  }
  const passwordHashes = await hashAll(options);
  await db.transaction().execute(async (tx) => {
    await lockName(tx, 'meta', 'mode');
    // Another node may have been faster.
    if ((await readMeta(tx, 'mode')) !== null) return;
    await writeMeta(tx, 'mode', options.mode);
    if (options.mode === 'practice') await seedPractice(tx, clock, options, passwordHashes);
    else await seedSite(tx, clock, options, passwordHashes);
  });
}

async function hashAll(options: SeedOptions): Promise<Map<string, string>> {
  const cost = passwordCostOf(options);
  const passwords = new Set(
    options.mode === 'practice'
      ? practiceUsers.map((user) => user.password)
      : [administratorOf(options).password],
  );
  const hashes = [...passwords].map(
    async (password) => [password, await hashPassword(password, cost)] as const,
  );
  return new Map(await Promise.all(hashes));
}

async function seedPractice(
  tx: Tx,
  clock: Clock,
  options: SeedOptions,
  passwordHashes: Map<string, string>,
): Promise<void> {
  const users: NewRecord[] = practiceUsers.map((user) => ({
    entity: 'user',
    id: user.id,
    fields: userFieldsOf(user),
  }));
  await insertAccounts(
    tx,
    practiceUsers.map((user) => ({
      userId: user.id,
      loginKey: loginKey(user.login),
      passwordHash: passwordHashes.get(user.password) ?? '',
      sipPassword: user.extension === null ? null : user.password,
    })),
  );
  const stamp = clock.tick();
  const nowMs = options.now();
  const knowledge = [...practiceArticles(nowMs), ...practiceScripts];
  await insertRecords(
    tx,
    [configurationRecord(), teamsRecord(), questionnaireRecord(), ...users, ...knowledge],
    stamp,
    nowMs,
  );
  const customers = options.practiceCustomers;
  if (customers === 0) return;
  await insertPracticeSample(tx, { customers, stamp, nowMs });
  const days = options.practiceHistoryDays ?? 0;
  const pbx = options.pbx?.sipDomain ?? '';
  if (days > 0) await wishPracticeHistory(tx, { days, customers, nowMs, pbx });
}

async function seedSite(
  tx: Tx,
  clock: Clock,
  options: SeedOptions,
  passwordHashes: Map<string, string>,
): Promise<void> {
  const { login, password } = administratorOf(options);
  const id = uuidv7();
  await insertAccounts(tx, [
    {
      userId: id,
      loginKey: loginKey(login),
      passwordHash: passwordHashes.get(password) ?? '',
      sipPassword: null,
    },
  ]);
  const fields = {
    login,
    name: login,
    role: 'administrator',
    teamId: null,
    extension: null,
    queueIds: [],
    active: true,
  };
  const records = [configurationRecord(), questionnaireRecord(), { entity: 'user', id, fields }];
  await insertRecords(tx, records, clock.tick(), options.now());
}

function administratorOf({ firstAdministrator }: SeedOptions): { login: string; password: string } {
  if (firstAdministrator) return firstAdministrator;
  throw new StartError(
    'ADMIN_LOGIN: needed with ADMIN_PASSWORD for the first start, the database has no user yet',
    2,
  );
}

function teamsRecord(): NewRecord {
  return { entity: 'setting', id: teamsId, fields: { key: 'teams', value: practiceTeams } };
}

function configurationRecord(): NewRecord {
  return {
    entity: 'setting',
    id: configurationId,
    fields: { key: 'configuration', value: defaultConfiguration },
  };
}

function questionnaireRecord(): NewRecord {
  const { id, fields } = usualQuestionnaire;
  return { entity: 'questionnaire', id, fields };
}

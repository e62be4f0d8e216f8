import { describe, expect, it } from 'vitest';
import { configurationSchema } from '../domain/configuration.ts';
import { userSchema } from '../domain/user.ts';
import { defaultConfiguration } from './configuration.ts';
import { practiceUsers, userFieldsOf } from './practiceUsers.ts';

describe('configuration and users', () => {
  it('is valid, with enough choices and no id twice', () => {
    expect(configurationSchema.parse(defaultConfiguration)).toEqual(defaultConfiguration);
    const { dispositions, ticketCategories, queues, profileFields } = defaultConfiguration;
    expect(dispositions.length).toBeGreaterThanOrEqual(60);
    expect(ticketCategories.length).toBeGreaterThanOrEqual(30);
    for (const list of [dispositions, ticketCategories, queues, profileFields]) {
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    }
  });

  it('names both languages everywhere', () => {
    const names = [
      ...defaultConfiguration.dispositions,
      ...defaultConfiguration.ticketCategories,
    ].flatMap(({ path }) => path);
    expect(names.filter((name) => !name.en || !/\p{Script=Han}/u.test(name['zh-CN']))).toEqual([]);
  });

  it('has users with ids, logins and extensions of their own, in queues that exist', () => {
    const queues = new Set(defaultConfiguration.queues.map(({ id }) => id));
    for (const user of practiceUsers) {
      expect(userSchema.strict().parse(userFieldsOf(user)).login).toBe(user.login);
      expect(user.queueIds.filter((id) => !queues.has(id))).toEqual([]);
    }
    for (const key of ['id', 'login', 'name', 'extension'] as const) {
      expect(new Set(practiceUsers.map((user) => user[key])).size).toBe(practiceUsers.length);
    }
  });
});

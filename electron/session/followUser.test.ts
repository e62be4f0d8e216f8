import { expect, test } from 'vitest';
import type { User } from '#shared/domain/user.ts';
import { practiceUsers, userFieldsOf } from '#shared/sample/practiceUsers.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import { followUser } from './followUser.ts';

const [xu] = practiceUsers;
if (!xu) throw new Error('nobody practises');
const fields = userFieldsOf(xu);

function site(offline: boolean, atFirst: User | null) {
  const { active: _, ...own } = fields;
  const user: SignedInUser = { id: xu?.id ?? '', ...own };
  let held = atFirst;
  let tell = (_entities: EntityName[]) => {};
  const cache = {
    record: () => held as never,
    listen(listener: (entities: EntityName[], local: boolean) => void) {
      tell = (entities) => listener(entities, false);
      return () => {};
    },
  };
  let told = 0;
  const changed = () => {
    told += 1;
  };
  let moved = false;
  const extensionMoved = (next: boolean) => {
    moved = next;
  };
  followUser(user, cache, { offline, changed, extensionMoved });
  return {
    user,
    told: () => told,
    moved: () => moved,
    comes(next: User, entities: EntityName[] = ['user']) {
      held = next;
      tell(entities);
    },
  };
}

test('another role or team counts as soon as it is synced', () => {
  const { user, told, comes } = site(false, fields);
  comes({ ...fields, role: 'supervisor', teamId: 'west' });
  expect(user).toMatchObject({ role: 'supervisor', teamId: 'west' });
  expect(told()).toBe(1);
  comes({ ...fields, role: 'agent' }, ['customer']);
  expect(told()).toBe(1);
});

test('another extension is told of and counts from the next sign-in only', () => {
  const { user, told, moved, comes } = site(false, fields);
  comes({ ...fields, extension: '2999' });
  expect([user.extension, moved(), told()]).toEqual([fields.extension, true, 0]);
  comes({ ...fields, extension: '2999', teamId: 'west' });
  expect(user).toMatchObject({ extension: fields.extension, teamId: 'west' });
  expect([moved(), told()]).toEqual([true, 1]);
  comes({ ...fields, teamId: 'west' });
  expect([moved(), told()]).toEqual([false, 1]);
});

test('what was synced before the sign-in does not count against it', () => {
  const before = { ...fields, role: 'supervisor' as const };
  const { user, told, comes } = site(false, before);
  comes(before);
  expect(user.role).toBe('agent');
  expect(told()).toBe(0);
  comes(fields);
  expect(told()).toBe(0);
});

test('a sign-in without the server begins with what was synced last', () => {
  const { user, told } = site(true, { ...fields, role: 'quality' });
  expect(user.role).toBe('quality');
  expect(told()).toBe(1);
});

test('before the first sync nothing is known, and nothing is changed', () => {
  const { user, comes } = site(false, null);
  expect(user.role).toBe('agent');
  comes({ ...fields, role: 'administrator' });
  expect(user.role).toBe('administrator');
});

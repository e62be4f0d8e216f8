import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { roles } from '#shared/domain/permissions.ts';
import { longestLogin } from '#shared/domain/users/login.ts';
import { type Centre, longestName, type UserField } from '#shared/domain/users/userRules.ts';
import type { NewUser } from '#shared/sync/users.ts';
import { useQueueChoices } from '../../i18n/useQueueChoices.ts';
import { useTeamName } from '../../i18n/useTeamName.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { CheckList } from '../integrations/CheckList.tsx';
import styles from './users.module.css';

const noTeam = '';

/** Everything that an account says, with what is wrong at its field. */
export function UserFields({
  draft,
  centre,
  hasPhonePassword,
  loginBox,
  errorOf,
  put,
}: {
  draft: NewUser;
  centre: Centre;
  hasPhonePassword: boolean;
  loginBox: Ref<HTMLInputElement>;
  errorOf: (field: UserField) => string | null;
  put: (fields: Partial<NewUser>) => void;
}) {
  const { t } = useTranslation('users');
  const teamName = useTeamName();
  const queues = useQueueChoices(draft.queueIds);
  const nameOf = (queueId: string) => queues.find(({ id }) => id === queueId)?.name ?? queueId;
  const queueIds = [...new Set([...queues.map(({ id }) => id), ...draft.queueIds])];
  const teams = [...centre.teamIds]
    .map((id) => ({ value: id, label: teamName(id) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <div className={styles.form}>
      <Field
        label={t('fields.login')}
        required
        hint={t('fields.loginHint')}
        error={errorOf('login')}
      >
        {(control) => (
          <TextField
            {...control}
            ref={loginBox}
            data-testid="user-login"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={longestLogin}
            value={draft.login}
            onChange={(event) => put({ login: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('fields.name')} required hint={t('fields.nameHint')} error={errorOf('name')}>
        {(control) => (
          <TextField
            {...control}
            data-testid="user-name"
            maxLength={longestName}
            value={draft.name}
            onChange={(event) => put({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      <div className={styles.pair}>
        <Field label={t('fields.role')} error={errorOf('role')}>
          {(control) => (
            <Select
              {...control}
              className={styles.wide}
              data-testid="user-role"
              value={draft.role}
              options={roles.map((role) => ({ value: role, label: t(`common:roles.${role}`) }))}
              onChoose={(role) => put({ role })}
            />
          )}
        </Field>
        <Field
          label={t('fields.team')}
          hint={teams.length === 0 ? t('fields.teamHint') : undefined}
          error={errorOf('teamId')}
        >
          {(control) => (
            <Select
              {...control}
              className={styles.wide}
              data-testid="user-team"
              value={draft.teamId ?? noTeam}
              options={[{ value: noTeam, label: t('fields.noTeam') }, ...teams]}
              onChoose={(teamId) => put({ teamId: teamId === noTeam ? null : teamId })}
            />
          )}
        </Field>
      </div>
      <div className={styles.pair}>
        <Field
          label={t('fields.extension')}
          hint={t('fields.extensionHint')}
          error={errorOf('extension')}
        >
          {(control) => (
            <TextField
              {...control}
              data-testid="user-extension"
              inputMode="numeric"
              maxLength={16}
              value={draft.extension ?? ''}
              onChange={(event) => put({ extension: event.currentTarget.value.trim() || null })}
            />
          )}
        </Field>
        <Field label={t('fields.phonePassword')} hint={t('fields.phonePasswordHint')}>
          {(control) => (
            <TextField
              {...control}
              type="password"
              autoComplete="new-password"
              data-testid="user-phone-password"
              disabled={draft.extension === null}
              maxLength={200}
              placeholder={hasPhonePassword ? t('fields.phonePasswordHeld') : undefined}
              value={draft.phonePassword ?? ''}
              onChange={(event) => put({ phonePassword: event.currentTarget.value || null })}
            />
          )}
        </Field>
      </div>
      <CheckList
        label={t('fields.queues')}
        hint={t('fields.queuesHint')}
        error={errorOf('queueIds')}
        options={queueIds}
        chosen={draft.queueIds}
        labelOf={nameOf}
        onChange={(next) => put({ queueIds: next })}
        testId="user-queue"
      />
    </div>
  );
}

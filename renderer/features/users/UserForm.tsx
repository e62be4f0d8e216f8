import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserField } from '#shared/domain/users/userRules.ts';
import type { Failure } from '#shared/result.ts';
import type { UserAccount } from '#shared/sync/users.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useDesk } from '../../store/desk.ts';
import { tell, useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { keepSecret } from '../integrations/secretStore.ts';
import { UserActions } from './UserActions.tsx';
import { UserFields } from './UserFields.tsx';
import { useProblemText } from './userWords.ts';
import { firstOf, problemOfFailure, useCentre, useUserDraft } from './useUserDraft.ts';

/** An account, `user` null: a new one, whose one-time password is shown after it was made. */
export function UserForm({
  user,
  people,
  onDone,
  onChanged,
}: {
  user: UserAccount | null;
  people: readonly UserAccount[];
  onDone: () => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation(['users', 'fields']);
  const invoke = useInvoke();
  const problemText = useProblemText();
  const ownId = useDesk((desk) => desk.session.user?.id ?? '');
  const centre = useCentre(people);
  const { draft, put, trimmed, problems, change } = useUserDraft(user, centre);
  const [dirty, setDirty] = useState(false);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const loginBox = useRef<HTMLInputElement>(null);
  useDirtyForm(`users:${user?.id ?? 'new'}`, dirty);
  const isNew = user === null;
  useEffect(() => {
    if (isNew) loginBox.current?.focus();
  }, [isNew]);

  const errorOf = (field: UserField) => {
    const refused = problemOfFailure(failure);
    const found = (tried && firstOf(problems, field)) || (refused?.field === field && refused);
    return found ? problemText(found) : null;
  };
  const write = async (): Promise<Failure | null> => {
    if (user && change) {
      const saved = await invoke('users.change', { userId: user.id, change });
      if (saved.ok) {
        const { name, isSignedIn } = saved.value;
        const isLater = isSignedIn && change.extension !== undefined;
        tell(t(isLater ? 'savedPhone' : 'saved', { name }));
      }
      return saved.ok ? null : saved.error;
    }
    const made = await invoke('users.create', trimmed);
    if (!made.ok) return made.error;
    const { name, login } = made.value.user;
    const whose = `${name} (${login})`;
    keepSecret({ userId: ownId, kind: 'password', name: whose, secret: made.value.password });
    return null;
  };
  const save = async () => {
    if (saving) return;
    setTried(true);
    if (problems.length > 0) {
      // Once the errors stand at their fields.
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      );
      return;
    }
    setSaving(true);
    setFailure(null);
    const failed = await write();
    setSaving(false);
    setFailure(failed);
    if (failed) return;
    onChanged();
    onDone();
  };
  useShortcut('work.save', () => void save());

  return (
    <FormFrame
      formRef={form}
      label={t(isNew ? 'form.newLabel' : 'form.editLabel')}
      testId="user-form"
      title={isNew ? t('form.newTitle') : user.name}
      foot={
        <>
          <Button
            variant="solid"
            keys={keysOf('work.save')}
            data-testid="user-save"
            onClick={() => void save()}
          >
            {saving ? t('fields:saving') : t(isNew ? 'form.create' : 'form.save')}
          </Button>
          <span className="grow" />
          <FieldsLeft count={tried ? problems.length : 0} />
          <Button variant="ghost" onClick={onDone}>
            {t('common:actions.cancel')}
          </Button>
        </>
      }
    >
      <FormFailure title={t(isNew ? 'form.notMade' : 'form.notSaved')} failure={failure} />
      <UserFields
        draft={draft}
        centre={centre}
        hasPhonePassword={user?.hasPhonePassword ?? false}
        loginBox={loginBox}
        errorOf={errorOf}
        put={(fields) => {
          setDirty(true);
          setFailure(null);
          put(fields);
        }}
      />
      {user ? <UserActions user={user} isOwn={user.id === ownId} onChanged={onChanged} /> : null}
    </FormFrame>
  );
}

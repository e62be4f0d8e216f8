import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { shortestPassword } from '#shared/domain/users/password.ts';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { OwnPassword } from './ownPassword.ts';

/** The new password, and once more. */
export function OwnPasswordFields({
  own,
  firstBox = null,
  className,
  frameClassName,
}: {
  own: OwnPassword;
  firstBox?: Ref<HTMLInputElement>;
  className?: string | undefined;
  frameClassName?: string | undefined;
}) {
  const { t } = useTranslation('users');
  return (
    <>
      <Field
        label={t('password.new')}
        hint={t('password.hint', { n: shortestPassword })}
        error={own.errors.first}
        className={className ?? ''}
      >
        {(control) => (
          <TextField
            {...control}
            ref={firstBox}
            type="password"
            autoComplete="new-password"
            data-testid="new-password"
            frameClassName={frameClassName}
            value={own.first}
            onChange={(event) => own.put({ first: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('password.again')} error={own.errors.again} className={className ?? ''}>
        {(control) => (
          <TextField
            {...control}
            type="password"
            autoComplete="new-password"
            data-testid="new-password-again"
            frameClassName={frameClassName}
            value={own.again}
            onChange={(event) => own.put({ again: event.currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
}

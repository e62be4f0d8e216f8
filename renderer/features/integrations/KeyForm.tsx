import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiScope, apiScopes } from '#shared/domain/apiScopes.ts';
import type { Failure } from '#shared/result.ts';
import { usualRequestsPerMinute } from '#shared/sync/integrations.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useDesk } from '../../store/desk.ts';
import { useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { deskNow } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { CheckList } from './CheckList.tsx';
import styles from './integrations.module.css';
import { keepSecret } from './secretStore.ts';
import { useWords } from './words.ts';

const lifetimes = ['never', 'days30', 'days90', 'days365'] as const;
type Lifetime = (typeof lifetimes)[number];
const dayMs = 86_400_000;
const days: Record<Lifetime, number | null> = {
  never: null,
  days30: 30,
  days90: 90,
  days365: 365,
};
const longestName = 100;
const mostPerMinute = 60_000;

/** A key for another program; its secret is shown after it was made. */
export function KeyForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['integrations', 'fields']);
  const invoke = useInvoke();
  const words = useWords();
  const userId = useDesk((desk) => desk.session.user?.id ?? '');
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<ApiScope[]>([]);
  const [lifetime, setLifetime] = useState<Lifetime>('never');
  const [perMinute, setPerMinute] = useState(String(usualRequestsPerMinute));
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const nameBox = useRef<HTMLInputElement>(null);
  const rateBox = useRef<HTMLInputElement>(null);
  useDirtyForm('integrations:key', name !== '' || scopes.length > 0);
  useEffect(() => nameBox.current?.focus(), []);

  const rate = /^\d{1,5}$/u.test(perMinute.trim()) ? Number(perMinute) : 0;
  const wrong = {
    name: name.trim() === '',
    scopes: scopes.length === 0,
    rate: rate < 1 || rate > mostPerMinute,
  };
  const left = Object.values(wrong).filter(Boolean).length;

  const create = async () => {
    if (saving) return;
    setTried(true);
    if (left > 0) {
      if (wrong.name) nameBox.current?.focus();
      else if (wrong.rate) rateBox.current?.focus();
      return;
    }
    setSaving(true);
    setFailure(null);
    const lasts = days[lifetime];
    const made = await invoke('integrations.createKey', {
      name: name.trim(),
      scopes,
      requestsPerMinute: rate,
      expiresAt: lasts === null ? null : deskNow() + lasts * dayMs,
    });
    setSaving(false);
    if (!made.ok) return setFailure(made.error);
    const { key, secret } = made.value;
    keepSecret({ userId, kind: 'key', name: key.name, secret });
    onDone();
  };
  useShortcut('work.save', () => void create());

  return (
    <FormFrame
      label={t('keyForm.label')}
      testId="key-form"
      title={t('keyForm.title')}
      foot={
        <>
          <Button
            variant="solid"
            keys={keysOf('work.save')}
            data-testid="key-create"
            onClick={() => void create()}
          >
            {saving ? t('fields:saving') : t('keyForm.create')}
          </Button>
          <span className="grow" />
          <FieldsLeft count={tried ? left : 0} />
          <Button variant="ghost" onClick={onDone}>
            {t('common:actions.cancel')}
          </Button>
        </>
      }
    >
      <FormFailure title={t('keyForm.failed')} failure={failure} />
      <div className={styles.form}>
        <Field
          label={t('keyForm.name')}
          required
          hint={t('keyForm.nameHint')}
          error={tried && wrong.name ? t('keyForm.nameNeeded') : null}
        >
          {(control) => (
            <TextField
              {...control}
              ref={nameBox}
              data-testid="key-name"
              maxLength={longestName}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <CheckList
          label={t('keyForm.scopes')}
          error={tried && wrong.scopes ? t('keyForm.scopesNeeded') : null}
          options={apiScopes}
          chosen={scopes}
          labelOf={words.scope}
          onChange={setScopes}
          testId="key-scope"
        />
        <div>
          <p className={styles.label} id="key-lifetime">
            {t('keyForm.expires')}
          </p>
          <Segmented
            labelledBy="key-lifetime"
            value={lifetime}
            options={lifetimes.map((one) => ({ value: one, label: t(`keyForm.${one}`) }))}
            onChange={setLifetime}
          />
        </div>
        <Field
          label={t('keyForm.perMinute')}
          hint={t('keyForm.perMinuteHint')}
          error={tried && wrong.rate ? t('keyForm.perMinuteWrong') : null}
        >
          {(control) => (
            <TextField
              {...control}
              ref={rateBox}
              inputMode="numeric"
              maxLength={5}
              frameClassName={styles.short}
              value={perMinute}
              onChange={(event) => setPerMinute(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
    </FormFrame>
  );
}

import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiScope, apiScopes } from '#shared/domain/apiScopes.ts';
import type { Failure } from '#shared/result.ts';
import {
  type ApiKey,
  type ApiKeyChange,
  usualRequestsPerMinute,
} from '#shared/sync/integrations.ts';
import { useInvoke } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useDesk } from '../../store/desk.ts';
import { tell, useDirtyForm } from '../../store/window.ts';
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
/** `asIs`: a key that is there ends when it did before. */
type Lifetime = (typeof lifetimes)[number] | 'asIs';
const dayMs = 86_400_000;
const days: Record<Exclude<Lifetime, 'asIs'>, number | null> = {
  never: null,
  days30: 30,
  days90: 90,
  days365: 365,
};
const longestName = 100;
const mostPerMinute = 60_000;

/** A key for another program, `item` null: a new one, whose secret is shown after it was made. */
export function KeyForm({ item, onDone }: { item: ApiKey | null; onDone: () => void }) {
  const { t } = useTranslation(['integrations', 'fields']);
  const invoke = useInvoke();
  const words = useWords();
  const format = useFormat();
  const userId = useDesk((desk) => desk.session.user?.id ?? '');
  const [name, setName] = useState(item?.name ?? '');
  const [scopes, setScopes] = useState<ApiScope[]>(item?.scopes ?? []);
  const [lifetime, setLifetime] = useState<Lifetime>(item?.expiresAt ? 'asIs' : 'never');
  const [perMinute, setPerMinute] = useState(
    String(item?.requestsPerMinute ?? usualRequestsPerMinute),
  );
  const [dirty, setDirty] = useState(false);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const nameBox = useRef<HTMLInputElement>(null);
  const rateBox = useRef<HTMLInputElement>(null);
  useDirtyForm(`integrations:${item?.id ?? 'key'}`, dirty);
  useEffect(() => nameBox.current?.focus(), []);

  const rate = /^\d{1,5}$/u.test(perMinute.trim()) ? Number(perMinute) : 0;
  const wrong = {
    name: name.trim() === '',
    scopes: scopes.length === 0,
    rate: rate < 1 || rate > mostPerMinute,
  };
  const left = Object.values(wrong).filter(Boolean).length;

  const save = async () => {
    if (saving) return;
    setTried(true);
    if (left > 0) {
      if (wrong.name) nameBox.current?.focus();
      else if (wrong.rate) rateBox.current?.focus();
      return;
    }
    setSaving(true);
    setFailure(null);
    const fields = { name: name.trim(), scopes, requestsPerMinute: rate };
    const failed = item ? await change(item, fields) : await create(fields);
    setSaving(false);
    setFailure(failed);
    if (!failed) onDone();
  };
  const create = async (fields: Fields): Promise<Failure | null> => {
    const expiresAt = lifetime === 'asIs' ? null : endOf(lifetime);
    const made = await invoke('integrations.createKey', { ...fields, expiresAt });
    if (!made.ok) return made.error;
    const { key, secret } = made.value;
    keepSecret({ userId, kind: 'key', name: key.name, secret });
    return null;
  };
  const change = async (key: ApiKey, fields: Fields): Promise<Failure | null> => {
    const end = lifetime === 'asIs' ? {} : { expiresAt: endOf(lifetime) };
    const sent = changesOf(key, { ...fields, ...end });
    const saved = await invoke('integrations.changeKey', { keyId: key.id, change: sent });
    if (!saved.ok) return saved.error;
    tell(t('keyForm.saved'));
    return null;
  };
  useShortcut('work.save', () => void save());
  const isNew = item === null;
  const ends = item?.expiresAt ? (['asIs', ...lifetimes] as const) : lifetimes;
  const endWord = (one: Lifetime) =>
    one === 'asIs'
      ? t('keyForm.asIs', { time: format.moment(item?.expiresAt ?? 0) })
      : t(`keyForm.${one}`);

  return (
    <FormFrame
      label={t(isNew ? 'keyForm.label' : 'keyForm.editLabel')}
      testId="key-form"
      title={t(isNew ? 'keyForm.title' : 'keyForm.editTitle')}
      foot={
        <>
          <Button
            variant="solid"
            keys={keysOf('work.save')}
            data-testid="key-save"
            onClick={() => void save()}
          >
            {saving ? t('fields:saving') : t(isNew ? 'keyForm.create' : 'keyForm.save')}
          </Button>
          <span className="grow" />
          <FieldsLeft count={tried ? left : 0} />
          <Button variant="ghost" onClick={onDone}>
            {t('common:actions.cancel')}
          </Button>
        </>
      }
    >
      <FormFailure title={t(isNew ? 'keyForm.failed' : 'keyForm.notSaved')} failure={failure} />
      {/* What is touched here is the form's, whichever field it is. */}
      <div className={styles.form} onChange={() => setDirty(true)}>
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
            options={ends.map((one) => ({ value: one, label: endWord(one) }))}
            onChange={(next) => {
              setDirty(true);
              setLifetime(next);
            }}
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

interface Fields {
  name: string;
  scopes: ApiScope[];
  requestsPerMinute: number;
}

function endOf(lifetime: Exclude<Lifetime, 'asIs'>): number | null {
  const lasts = days[lifetime];
  return lasts === null ? null : deskNow() + lasts * dayMs;
}

/** What was left as it was is not sent: the audit names what was changed. */
function changesOf(key: ApiKey, fields: Fields & { expiresAt?: number | null }): ApiKeyChange {
  const { name, scopes, requestsPerMinute, expiresAt } = fields;
  const sameScopes =
    scopes.length === key.scopes.length && scopes.every((one) => key.scopes.includes(one));
  return {
    ...(name === key.name ? {} : { name }),
    ...(sameScopes ? {} : { scopes }),
    ...(requestsPerMinute === key.requestsPerMinute ? {} : { requestsPerMinute }),
    ...(expiresAt === undefined || expiresAt === key.expiresAt ? {} : { expiresAt }),
  };
}

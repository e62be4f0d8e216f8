import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type WebhookEventType,
  type WebhookScope,
  webhookEventTypes,
  webhookScopes,
} from '#shared/domain/webhooks.ts';
import type { Failure, Result } from '#shared/result.ts';
import type { Webhook } from '#shared/sync/webhooks.ts';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { useDirtyForm } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { FieldsLeft, FormFailure, FormFrame } from '../fields/FormFrame.tsx';
import { CheckList } from './CheckList.tsx';
import styles from './integrations.module.css';
import { useWords } from './words.ts';

export interface WebhookFields {
  url: string;
  description: string;
  events: WebhookEventType[];
  scopes: WebhookScope[];
}

const longestUrl = 2_000;
const longestDescription = 200;

/** Address, events and what is sent along, of a new webhook or of one that is there. */
export function WebhookForm({
  webhook,
  onSave,
  onCancel,
  children,
}: {
  webhook: Webhook | null;
  onSave: (fields: WebhookFields) => Promise<Result<unknown>>;
  onCancel: () => void;
  /** Above the fields. */
  children?: ReactNode;
}) {
  const { t } = useTranslation(['integrations', 'fields']);
  const words = useWords();
  const [fields, setFields] = useState<WebhookFields>(() => ({
    url: webhook?.url ?? '',
    description: webhook?.description ?? '',
    events: webhook?.events ?? [],
    scopes: webhook?.scopes ?? [],
  }));
  const [dirty, setDirty] = useState(false);
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const urlBox = useRef<HTMLInputElement>(null);
  useDirtyForm(`integrations:${webhook?.id ?? 'webhook'}`, dirty);
  useEffect(() => {
    if (!webhook) urlBox.current?.focus();
  }, [webhook]);

  const change = (part: Partial<WebhookFields>) => {
    setDirty(true);
    setFields((now) => ({ ...now, ...part }));
  };
  const wrong = { url: fields.url.trim() === '', events: fields.events.length === 0 };
  const left = Object.values(wrong).filter(Boolean).length;
  const save = async () => {
    if (saving) return;
    setTried(true);
    if (wrong.url) urlBox.current?.focus();
    if (left > 0) return;
    setSaving(true);
    setFailure(null);
    const saved = await onSave({ ...fields, url: fields.url.trim() });
    setSaving(false);
    if (saved.ok) return setDirty(false);
    setFailure(saved.error);
    if (saved.error.code === 'webhook-address-refused') urlBox.current?.focus();
  };
  useShortcut('work.save', () => void save());

  const isNew = webhook === null;
  return (
    <FormFrame
      label={t(isNew ? 'webhookForm.newLabel' : 'webhookForm.editLabel')}
      testId="webhook-form"
      title={t(isNew ? 'webhookForm.newTitle' : 'webhookForm.editTitle')}
      foot={
        <>
          <Button
            variant="solid"
            keys={keysOf('work.save')}
            data-testid="webhook-save"
            onClick={() => void save()}
          >
            {saving ? t('fields:saving') : t(isNew ? 'webhookForm.create' : 'webhookForm.save')}
          </Button>
          <span className="grow" />
          <FieldsLeft count={tried ? left : 0} />
          <Button variant="ghost" onClick={onCancel}>
            {t(isNew ? 'common:actions.cancel' : 'common:actions.close')}
          </Button>
        </>
      }
    >
      {children}
      <FormFailure title={t('webhookForm.failed')} failure={failure} />
      <div className={styles.form}>
        <Field
          label={t('webhookForm.url')}
          required
          hint={t('webhookForm.urlHint')}
          error={tried && wrong.url ? t('webhookForm.urlNeeded') : null}
        >
          {(control) => (
            <TextField
              {...control}
              ref={urlBox}
              inputMode="url"
              spellCheck={false}
              data-testid="webhook-url"
              maxLength={longestUrl}
              placeholder="https://"
              value={fields.url}
              onChange={(event) => change({ url: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={t('webhookForm.description')} note={t('common:optional')}>
          {(control) => (
            <TextField
              {...control}
              data-testid="webhook-description"
              maxLength={longestDescription}
              value={fields.description}
              onChange={(event) => change({ description: event.currentTarget.value })}
            />
          )}
        </Field>
        <CheckList
          label={t('webhookForm.events')}
          error={tried && wrong.events ? t('webhookForm.eventsNeeded') : null}
          options={webhookEventTypes}
          chosen={fields.events}
          labelOf={words.event}
          onChange={(events) => change({ events })}
          testId="webhook-event"
        />
        <CheckList
          label={t('webhookForm.scopes')}
          hint={t('webhookForm.scopesHint')}
          options={webhookScopes}
          chosen={fields.scopes}
          labelOf={words.record}
          onChange={(scopes) => change({ scopes })}
          testId="webhook-scope"
        />
      </div>
    </FormFrame>
  );
}

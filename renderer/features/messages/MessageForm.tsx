import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageTarget } from '#shared/contract/methods/intervention.ts';
import {
  type MessageAudience,
  maxMessageLength,
  messageAudiences,
  messagePriorities,
} from '#shared/domain/intervention/message.ts';
import type { Failure } from '#shared/result.ts';
import { useInvoke, useQuery } from '../../app/bridge.tsx';
import { useTeamName } from '../../i18n/useTeamName.ts';
import { useDesk } from '../../store/desk.ts';
import { tell } from '../../store/window.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { FormFailure } from '../fields/FormFrame.tsx';
import { LongText } from '../fields/LongText.tsx';
import { SendForm, sendKeys } from '../fields/SendForm.tsx';
import styles from './messages.module.css';

/** The audience that is chosen, or null while it is not named. */
function targetOf(audience: MessageAudience, named: string): MessageTarget | null {
  if (audience === 'all') return { audience };
  if (named === '') return null;
  return audience === 'one' ? { audience, userId: named } : { audience, teamId: named };
}

function AudienceFields({
  audience,
  named,
  error,
  onAudience,
  onNamed,
}: {
  audience: MessageAudience;
  named: string;
  error: string | null;
  onAudience: (audience: MessageAudience) => void;
  onNamed: (named: string) => void;
}) {
  const { t } = useTranslation('messages');
  const teamName = useTeamName();
  const { data } = useQuery('messages.audience', {}, ['user']);
  const options =
    audience === 'one'
      ? (data?.users ?? []).map(({ id, name }) => ({ value: id, label: name }))
      : (data?.teams ?? []).map(({ id, count }) => ({
          value: id,
          label: t('teamName', { team: teamName(id), count }),
        }));
  return (
    <>
      <Segmented
        label={t('to')}
        value={audience}
        options={messageAudiences.map((one) => ({ value: one, label: t(one) }))}
        onChange={onAudience}
      />
      {audience === 'all' ? null : (
        <Field label={t(audience === 'one' ? 'person' : 'team')} required error={error}>
          {(control) => (
            <Select
              {...control}
              data-testid="message-to"
              value={named}
              options={[{ value: '', label: t('choose') }, ...options]}
              onChoose={onNamed}
            />
          )}
        </Field>
      )}
    </>
  );
}

/** What is written, how pressing it is, and to whom it goes. */
export function MessageForm({
  to,
  choosing,
  begun = '',
  helpRequestId,
  onDone,
}: {
  to: MessageTarget;
  choosing: boolean;
  /** What stands there at first, to be changed and sent. */
  begun?: string;
  helpRequestId: string | null;
  onDone: () => void;
}) {
  const { t } = useTranslation('messages');
  const invoke = useInvoke();
  const offline = useDesk((desk) => desk.sync.state === 'offline');
  const [audience, setAudience] = useState<MessageAudience>(to.audience);
  const [named, setNamed] = useState(to.audience === 'team' ? to.teamId : '');
  const [text, setText] = useState(begun);
  const [priority, setPriority] = useState<(typeof messagePriorities)[number]>('normal');
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const target = choosing ? targetOf(audience, named) : to;
  const words = text.trim();
  const tooLong = words.length > maxMessageLength;
  const textError = tooLong
    ? t('missing.long', { max: maxMessageLength })
    : tried && words === ''
      ? t('missing.text')
      : null;

  async function send(): Promise<void> {
    setTried(true);
    if (!target || words === '' || tooLong) return;
    const sent = await invoke('messages.send', {
      to: target,
      text: words,
      priority,
      helpRequestId,
    });
    if (!sent.ok) return setFailure(sent.error);
    const done = t('done', { count: sent.value.recipients });
    tell(offline ? `${done}. ${t('offline')}` : done);
    onDone();
  }

  return (
    <SendForm
      className={styles.form}
      data-testid="message-form"
      noValidate
      onSend={() => void send()}
    >
      <FormFailure title={t('failed')} failure={failure} />
      {choosing ? (
        <AudienceFields
          audience={audience}
          named={named}
          error={tried && !target ? t('missing.to') : null}
          onAudience={(next) => {
            setAudience(next);
            setNamed('');
          }}
          onNamed={setNamed}
        />
      ) : null}
      <LongText
        label={t('text')}
        required
        placeholder={t('placeholder')}
        value={text}
        onChange={setText}
        error={textError}
        first
        testId="message-text"
      />
      <Segmented
        label={t('priority')}
        value={priority}
        options={messagePriorities.map((one) => ({ value: one, label: t(`priorities.${one}`) }))}
        onChange={setPriority}
      />
      <div className={styles.actions}>
        {offline ? <span className="small grow">{t('offline')}</span> : null}
        <Button
          variant="solid"
          type="submit"
          keys={sendKeys}
          icon={<IconSend size={16} aria-hidden="true" />}
          data-testid="message-send"
        >
          {t('send')}
        </Button>
      </div>
    </SendForm>
  );
}

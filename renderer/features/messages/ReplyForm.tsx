import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '#shared/contract/methods/intervention.ts';
import { maxMessageLength } from '#shared/domain/intervention/message.ts';
import { useRun } from '../../app/bridge.tsx';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './messages.module.css';

/** A short answer to a message; Enter sends it. */
export function ReplyForm({ message, onDone }: { message: MessageView; onDone: () => void }) {
  const { t } = useTranslation('messages');
  const run = useRun();
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);

  async function send(): Promise<void> {
    if (text.trim() === '') return;
    const sent = await run('messages.reply', { id: message.id, text: text.trim() });
    if (sent) onDone();
  }

  return (
    <form
      className={styles.reply}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextField
        ref={input}
        frameClassName="grow"
        aria-label={t('replyTo', { name: message.senderName })}
        placeholder={t('replyTo', { name: message.senderName })}
        maxLength={maxMessageLength}
        data-testid="reply-text"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) onDone();
        }}
      />
      <Button type="submit" variant="solid" data-testid="reply-send">
        {t('replySend')}
      </Button>
      <Button onClick={onDone}>{t('common:actions.cancel')}</Button>
    </form>
  );
}

import { Popover } from '@mantine/core';
import { IconDialpad } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../app/bridge.tsx';
import { keysOf, useShortcut } from '../../app/hotkeys.ts';
import { keysForReading } from '../../ui/keys.ts';
import styles from './CallControls.module.css';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** Tones for menus at the other end; digits may be typed while it is open. */
export function Keypad({ callId }: { callId: string }) {
  const { t } = useTranslation('callBar');
  const run = useRun();
  const [opened, setOpened] = useState(false);
  const [sent, setSent] = useState('');
  useShortcut('call.keypad', () => setOpened(!opened));

  async function send(digit: string): Promise<void> {
    const done = await run('calls.sendDigits', { callId, digits: digit });
    if (done) setSent((before) => before + digit);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!digits.includes(event.key)) return;
    event.preventDefault();
    void send(event.key);
  }

  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.control}
          aria-expanded={opened}
          aria-keyshortcuts={keysOf('call.keypad')}
          title={`${t('keypad')} (${keysForReading(keysOf('call.keypad'))})`}
          data-testid="call-keypad"
          onClick={() => setOpened(!opened)}
        >
          <IconDialpad size={18} aria-hidden="true" />
          {t('keypad')}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('keypad')} onKeyDown={onKeyDown}>
        <div className={styles.keypad}>
          <output className={styles.digits} aria-label={t('sentDigits')} dir="ltr">
            {sent}
          </output>
          {digits.map((digit) => (
            <button
              key={digit}
              type="button"
              className={styles.digit}
              onClick={() => void send(digit)}
            >
              {digit}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

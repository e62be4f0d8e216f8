import type { FormHTMLAttributes } from 'react';
import { matchesKeys } from '../../ui/keys.ts';

/** Sends what is written from any of its fields, also those of several lines. */
export const sendKeys = 'Ctrl+Enter';

/** A form that is sent by its button or by `sendKeys`, and reaches no shortcut behind it with them. */
export function SendForm({
  onSend,
  ...rest
}: Omit<FormHTMLAttributes<HTMLFormElement>, 'onSubmit' | 'onKeyDown'> & { onSend: () => void }) {
  return (
    <form
      {...rest}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || !matchesKeys(event.nativeEvent, sendKeys)) return;
        event.preventDefault();
        event.stopPropagation();
        onSend();
      }}
    />
  );
}

import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import type { WrapUpRules } from '#shared/domain/settings/wrapUps.ts';
import { renderOnDesk, testDesk } from '../fields/testDesk.tsx';
import { WrapUpRulesEditor } from './WrapUpRulesEditor.tsx';

afterEach(cleanup);

it('sets what a queue asks for, and the time for changes, while other queues keep the usual', async () => {
  let latest: WrapUpRules = { demands: { '*': ['notes'] }, editMinutes: 1440 };
  const begun = latest;
  function Editor() {
    const [value, setValue] = useState(begun);
    latest = value;
    return (
      <>
        <WrapUpRulesEditor value={value} onChange={setValue} />
        <button type="button" onClick={() => setValue(begun)}>
          give up
        </button>
      </>
    );
  }
  renderOnDesk(<Editor />, testDesk().bridge);
  const user = userEvent.setup();
  const box = (name: string) => screen.getByRole<HTMLInputElement>('checkbox', { name });
  expect(box('Sales advice: Notes').checked).toBe(true);
  expect(box('Sales advice: Notes').disabled).toBe(true);
  await user.click(box('Sales advice: Own rule'));
  await user.click(box('Sales advice: Tags'));
  await user.click(box('Sales advice: Notes'));
  expect(latest.demands).toEqual({ '*': ['notes'], sales: ['tags'] });
  const minutes = screen.getByTestId<HTMLInputElement>('wrap-up-edit-minutes');
  await user.clear(minutes);
  await user.type(minutes, 'soon');
  expect(screen.getByText('A whole number from 0 to 100,000')).toBeTruthy();
  expect(latest.editMinutes).toBe(1440);
  await user.clear(minutes);
  await user.type(minutes, '60');
  expect(latest.editMinutes).toBe(60);
  await user.click(screen.getByText('give up'));
  expect([latest, minutes.value]).toEqual([begun, '1440']);
});

import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { settingProblem } from '#shared/domain/settings/parts.ts';
import { type SupervisionRules, usualSupervision } from '#shared/domain/settings/supervision.ts';
import { renderOnDesk, testDesk } from '../../fields/testDesk.tsx';
import { SupervisionEditor } from './SupervisionEditor.tsx';

let rules: SupervisionRules = usualSupervision;

function Held() {
  const [value, setValue] = useState(usualSupervision);
  rules = value;
  return <SupervisionEditor value={value} onChange={setValue} />;
}

afterEach(cleanup);

async function typeInto(testId: string, text: string): Promise<void> {
  const user = userEvent.setup();
  const field = screen.getByTestId(testId);
  await user.clear(field);
  await user.type(field, text);
}

it('sets targets of one queue, limits and quiet hours, and what it gives can be saved', async () => {
  const user = userEvent.setup();
  renderOnDesk(<Held />, testDesk().bridge);
  await user.selectOptions(screen.getByTestId('add-target'), 'urgent');
  await typeInto('level-urgent', '95');
  await typeInto('within-urgent', '10');
  expect(rules.targets.urgent).toMatchObject({ level: 0.95, answerWithinMs: 10_000 });
  expect(rules.targets['*']?.level).toBe(0.8);

  await typeInto('warn-waiting', '2');
  await user.click(screen.getByTestId('add-quiet'));
  await typeInto('quiet-from', '21:30');
  expect(rules.thresholds.find(({ id }) => id === 'waiting')?.warn).toBe(2);
  expect(rules.quietHours).toEqual([{ from: 1290, to: 360 }]);
  expect(settingProblem('supervision', rules)).toBeNull();
});

it('keeps the last good value while something else is typed, and says what is wrong', async () => {
  const user = userEvent.setup();
  renderOnDesk(<Held />, testDesk().bridge);
  await typeInto('warn-waiting', 'many');
  expect(screen.getByTestId('warn-waiting').getAttribute('aria-invalid')).toBe('true');
  expect(rules.thresholds.find(({ id }) => id === 'waiting')?.warn).toBe(3);
  await typeInto('warn-longestWait', '600');
  expect((await screen.findByRole('alert')).textContent).toContain('Red comes after amber');
  await typeInto('supervision-zone', 'Nowhere/Land');
  expect(rules.timeZone).toBe(usualSupervision.timeZone);

  const table = within(screen.getByTestId('thresholds'));
  const [remove] = table.getAllByRole('button', { name: /^Remove/u });
  if (remove) await user.click(remove);
  expect(rules.thresholds.some(({ id }) => id === 'waiting')).toBe(false);
});

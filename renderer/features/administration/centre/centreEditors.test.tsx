import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ComponentType, useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import type { Configuration } from '#shared/domain/configuration.ts';
import { settingProblem } from '#shared/domain/settings/parts.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { renderOnDesk, testDesk } from '../../fields/testDesk.tsx';
import type { EditorProps } from '../sections.tsx';
import { BreaksEditor } from './BreaksEditor.tsx';
import { CentreEditor } from './CentreEditor.tsx';
import { NumbersEditor } from './NumbersEditor.tsx';
import { PhonesEditor } from './PhonesEditor.tsx';

const held = defaultConfiguration;
let now: Configuration = held;

function open(Editor: ComponentType<EditorProps<Configuration>>) {
  function Held() {
    const [value, setValue] = useState(held);
    now = value;
    return <Editor value={value} held={held} onChange={setValue} />;
  }
  renderOnDesk(<Held />, testDesk().bridge);
  const user = userEvent.setup();
  return {
    user,
    async type(testId: string, text: string): Promise<HTMLElement> {
      const field = screen.getByTestId(testId);
      await user.clear(field);
      if (text !== '') await user.type(field, text);
      return field;
    },
  };
}

const problem = () => settingProblem('configuration', now, held);
const isWrong = (field: HTMLElement) => field.getAttribute('aria-invalid') === 'true';

afterEach(cleanup);

it('sets what the centre is called, where it stands and what it counts in', async () => {
  const { user, type } = open(CentreEditor);
  await type('organisation-en', 'Harbour Heating');
  await user.selectOptions(screen.getByTestId('home-country'), 'HK');
  await user.selectOptions(screen.getByTestId('currency'), 'HKD');
  const area = await type('home-area', 'abc');
  expect(isWrong(area)).toBe(true);
  expect(problem()?.path).toBe('home.areaCode');
  await type('home-area', '');
  expect(problem()).toBeNull();
  expect(now).toMatchObject({
    organisation: { en: 'Harbour Heating', 'zh-CN': held.organisation['zh-CN'] },
    home: { country: 'HK', areaCode: null },
    currency: 'HKD',
  });
  const name = await type('organisation-zh-CN', '');
  await user.tab();
  expect(isWrong(name)).toBe(true);
});

it('sets how phones behave', async () => {
  const { user, type } = open(PhonesEditor);
  await user.click(screen.getByRole('radio', { name: 'Ready again' }));
  await user.click(screen.getByRole('radio', { name: 'SIP INFO' }));
  await user.selectOptions(screen.getByTestId('waiting-calls'), '0');
  await user.click(screen.getByTestId('agent-is-told'));
  expect(isWrong(await type('echo-number', 'echo'))).toBe(true);
  await type('echo-number', '');
  expect(problem()).toBeNull();
  expect(now.phone).toEqual({
    ...held.phone,
    ...{ missed: 'ready', digits: 'info', waitingCalls: 0, echoNumber: null },
    listening: { agentIsTold: false },
  });
});

it('keeps numbers without what they are written with, and tells of those that are there', async () => {
  const { user } = open(NumbersEditor);
  await user.click(screen.getByTestId('add-directory'));
  const added = screen.getAllByTestId('directory-number').at(-1);
  expect(document.activeElement).toBe(added);
  await user.keyboard('(021) 6003-5700');
  expect(now.phone.directory.at(-1)?.number).toBe('02160035700');
  expect(added && isWrong(added)).toBe(true);
  const [first] = screen.getAllByTestId('directory-remove');
  if (first) await user.click(first);
  expect(document.activeElement).toBe(screen.getAllByTestId('directory-remove')[0]);
  expect(problem()?.message).toBe('missing');
  await user.type(screen.getAllByTestId('directory-en').at(-1) ?? document.body, 'Store');
  await user.type(screen.getAllByTestId('directory-zh-CN').at(-1) ?? document.body, '仓库');
  expect(problem()).toBeNull();
});

it('rules what is dialled, and never against an emergency number', async () => {
  const { user, type } = open(NumbersEditor);
  const premium = await type('dialling-premium', '160，168、9500 abc');
  expect(isWrong(premium)).toBe(true);
  expect(screen.getByText('“abc” is no beginning of a number')).toBeTruthy();
  expect(now.phone.dialling.premium).toEqual(['160', '168', '9500']);
  await type('dialling-premium', '160，168、9500');
  expect(isWrong(premium)).toBe(false);
  const [abroad] = screen.getAllByRole('radio', { name: 'Refused' });
  if (abroad) await user.click(abroad);
  expect(now.phone.dialling).toMatchObject({
    international: 'refused',
    premium: ['160', '168', '9500'],
  });
  const barred = await type('dialling-barred', '11');
  expect(isWrong(barred)).toBe(true);
  expect(problem()?.message).toBe('emergency');
});

it('limits breaks, and keeps one to choose', async () => {
  const { user, type } = open(BreaksEditor);
  await type('limit-lunch', '45');
  await type('limit-rest', '');
  await type('limit-training', '0');
  expect(isWrong(screen.getByTestId('limit-training'))).toBe(true);
  expect(now.phone.breakLimitsMs).toEqual({ lunch: 45 * 60_000 });
  for (const reason of ['rest', 'lunch', 'training', 'meeting']) {
    await user.click(screen.getByTestId(`offer-${reason}`));
  }
  expect(now.breakReasons).toEqual(['backOffice', 'missed']);
  expect(problem()).toBeNull();
  await user.click(screen.getByTestId('offer-backOffice'));
  expect(screen.getByRole('alert').textContent).toContain('One break');
});

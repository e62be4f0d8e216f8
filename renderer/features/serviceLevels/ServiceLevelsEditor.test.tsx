import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type ServiceLevels,
  serviceLevelsSchema,
  usualServiceLevels,
} from '#shared/domain/settings/serviceLevels.ts';
import { renderOnDesk, testDesk } from '../fields/testDesk.tsx';
import { ServiceLevelsEditor } from './ServiceLevelsEditor.tsx';

let latest: ServiceLevels = usualServiceLevels;

function Held() {
  const [value, setValue] = useState(usualServiceLevels);
  latest = value;
  return <ServiceLevelsEditor value={value} onChange={setValue} />;
}

function open() {
  renderOnDesk(<Held />, testDesk().bridge);
  return userEvent.setup();
}

afterEach(cleanup);

describe('ServiceLevelsEditor', () => {
  it('says what a ticket opened now would get, while it is edited', async () => {
    const user = open();
    expect(screen.getByTestId('due-preview').textContent).toContain('Normal');
    await user.selectOptions(screen.getByTestId('preview-priority'), 'urgent');
    expect(screen.getByTestId('due-preview').textContent).toContain('Urgent');
    const [urgent] = screen.getAllByTestId('service-policy');
    const respond = within(urgent ?? document.body).getByTestId('limit-respond');
    await user.clear(respond);
    await user.type(respond, '1:30');
    expect(latest.policies[0]?.minutes.respond).toBe(90);
    await user.type(respond, 'x');
    expect(screen.getByText(/Hours and minutes/u)).toBeTruthy();
    expect(latest.policies[0]?.minutes.respond).toBe(90);
  });

  it('tells at its line which pasted date does not exist, and keeps what was typed', async () => {
    const user = open();
    const holidays = screen.getByTestId('holidays');
    await user.clear(holidays);
    await user.click(holidays);
    await user.paste('2027-10-01..2027-10-07 National Day / 国庆节\n2027-02-29 Nothing');
    expect(screen.getByTestId('holidays-problems').textContent).toContain('Line 2');
    expect((holidays as HTMLTextAreaElement).value).toContain('2027-02-29');
    await user.clear(holidays);
    await user.click(holidays);
    await user.paste('2027-10-01..2027-10-07 National Day / 国庆节');
    expect(screen.queryByTestId('holidays-problems')).toBeNull();
    expect(latest.calendars[0]?.holidays).toHaveLength(7);
  });

  it('makes policies and calendars that may be saved', async () => {
    const user = open();
    await user.click(screen.getByTestId('add-policy'));
    await user.click(screen.getByText('Add a calendar'));
    expect(screen.getAllByTestId('business-calendar')).toHaveLength(2);
    expect(serviceLevelsSchema.safeParse(latest).success).toBe(true);
  });
});

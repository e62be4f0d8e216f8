import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { type CustomerForm, usualCustomerForm } from '#shared/domain/settings/customerForm.ts';
import { renderOnDesk, testDesk } from '../fields/testDesk.tsx';
import { CustomerFormEditor } from './CustomerFormEditor.tsx';

let saved: CustomerForm;

function Edited() {
  const fields = usualCustomerForm.fields.slice(0, 3);
  const [value, setValue] = useState<CustomerForm>({ ...usualCustomerForm, fields });
  saved = value;
  return <CustomerFormEditor value={value} onChange={setValue} />;
}

afterEach(cleanup);

const rows = () => screen.getAllByTestId('form-field');
const type = (testId: string, value: string) =>
  fireEvent.change(screen.getByTestId(testId), { target: { value } });

it('adds a field and tells what it lacks at its place, until nothing is wrong', () => {
  renderOnDesk(<Edited />, testDesk().bridge);
  fireEvent.click(screen.getByTestId('add-field'));
  expect(rows()).toHaveLength(4);
  expect(rows()[3]?.textContent).toContain('A name in both languages is needed');
  type('field-label-en', 'Pet');
  type('field-label-zh-CN', '宠物');
  type('field-id', 'gender');
  expect(rows()[3]?.textContent).toContain('Another field has this id');
  type('field-id', 'pet');
  type('field-type', 'choice');
  expect(rows()[3]?.textContent).toContain('Choices are needed');
  type('field-choices', 'cat = Cat | 猫\ndog = Dog | 狗');
  expect(screen.queryByRole('status')).toBeNull();
  expect(saved.fields[3]).toMatchObject({
    ...{ id: 'pet', type: 'choice', label: { en: 'Pet', 'zh-CN': '宠物' } },
    choices: [{ id: 'cat' }, { id: 'dog', label: { 'zh-CN': '狗' } }],
  });
});

it('moves and retires a field', () => {
  renderOnDesk(<Edited />, testDesk().bridge);
  const second = rows()[1];
  if (!second) throw new Error('the form has three fields');
  fireEvent.click(within(second).getAllByRole('button').at(-2) as HTMLElement);
  expect(saved.fields.map(({ id }) => id)).toEqual(['idNumber', 'idType', 'gender']);
  fireEvent.click(within(rows()[0] as HTMLElement).getAllByRole('button')[0] as HTMLElement);
  fireEvent.click(screen.getByTestId('retire-field'));
  expect(saved.fields[0]).toMatchObject({ id: 'idNumber', retired: true });
});

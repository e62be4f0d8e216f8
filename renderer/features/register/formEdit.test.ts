import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualCustomerForm } from '#shared/domain/settings/customerForm.ts';
import { choicesText, formProblems, moved, newField, readChoices } from './formEdit.ts';

const { fields } = usualCustomerForm;

describe('the editor of the registration form', () => {
  it('finds nothing wrong with the usual form', () => {
    expect(formProblems(usualCustomerForm).size).toBe(0);
  });

  it('tells at its place what does not fit', () => {
    const fresh = newField(fields);
    const named = { ...fresh, label: { en: 'Pet', 'zh-CN': '宠物' } };
    const wrong = [
      fresh,
      { ...named, id: '' },
      { ...named, id: 'two words' },
      { ...named, id: 'pet' },
      { ...named, id: 'pet' },
      { ...named, id: 'kind', type: 'choice' as const },
      { ...named, id: 'kinds', type: 'choices' as const, choices: readChoices('a = A\na = B') },
      { ...named, id: 'commas', type: 'choices' as const, choices: readChoices('a,b = A') },
    ];
    expect([...formProblems({ ...usualCustomerForm, fields: wrong }).values()]).toEqual([
      ...['noLabel', 'noId', 'badId', 'sameId', 'sameId', 'noChoices', 'sameChoice', 'sameChoice'],
    ]);
  });

  it('writes choices as lines and reads them back', () => {
    for (const { choices } of fields) expect(readChoices(choicesText(choices))).toEqual(choices);
    expect(readChoices('Cats & dogs | 猫狗\n\n鸟')).toEqual([
      { id: 'cats-dogs', label: { en: 'Cats & dogs', 'zh-CN': '猫狗' } },
      { id: '-', label: { en: '鸟', 'zh-CN': '鸟' } },
    ]);
  });

  it('moves a field and loses none', () => {
    fc.assert(
      fc.property(fc.nat(fields.length), fc.integer({ min: -3, max: 3 }), (at, by) => {
        const after = moved(fields, at, by);
        expect(new Set(after.map(({ id }) => id)).size).toBe(fields.length);
        const to = at + by;
        const stays = at >= fields.length || to < 0 || to >= fields.length;
        expect(after[stays ? at : to]?.id).toBe(fields[at]?.id);
      }),
    );
  });
});

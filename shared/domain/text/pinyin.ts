/**
 * Initials of the pinyin of Chinese names: 陈浩 → ch. The collation of pinyin orders characters by their
 * sound, so that the first character of every initial is enough to find it.
 */
const firsts = '阿八嚓咑妸发旮哈丌咔垃妈拏噢妑七呥仨他屲夕丫帀';
const letters = 'abcdefghjklmnopqrstwxyz';
const han = /\p{Script=Han}/u;

/** Surnames that sound otherwise than the character usually does. */
const surnames: Readonly<Record<string, string>> = {
  曾: 'z',
  单: 's',
  解: 'x',
  仇: 'q',
  区: 'o',
  查: 'z',
  朴: 'p',
  翟: 'z',
  盖: 'g',
  乐: 'y',
  覃: 'q',
  冼: 'x',
  佴: 'n',
  缪: 'm',
  重: 'c',
};

let collator: Intl.Collator | undefined;

function initialOf(character: string): string {
  collator ??= new Intl.Collator('zh-CN-u-co-pinyin');
  const order = collator;
  let found = 0;
  for (const [index, first] of [...firsts].entries()) {
    if (order.compare(character, first) < 0) break;
    found = index;
  }
  return letters[found] ?? '';
}

/** First letters of a name, Chinese characters by their sound, other words by theirs; lower case, no blanks. */
export function initialsOf(name: string): string {
  const words = name.normalize('NFKC').match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];
  return words
    .map((word, index) => {
      if (!han.test(word)) return word.charAt(0).toLowerCase();
      return (index === 0 ? surnames[word] : undefined) ?? initialOf(word);
    })
    .join('');
}

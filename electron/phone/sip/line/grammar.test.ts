import fc from 'fast-check';
import { Grammar } from 'sip.js';
import { describe, expect, test } from 'vitest';
import { contactsIn, isReadable, type Rule } from './grammar.ts';

const words = fc.stringMatching(/^[\w.+%;=:@<>"! ~*-]{0,40}$/u);
const hosts = fc.stringMatching(/^[a-z0-9.-]{1,12}$/u);
const via = fc.tuple(hosts, words).map(([host, branch]) => `SIP/2.0/WS ${host};branch=${branch}`);
const host = hosts.map((name) => `<sip:2041@${name}>`);
const address = fc
  .tuple(words, words, words)
  .map(
    ([name, user, parameter]) =>
      `"${name}" <sip:${user}@host.invalid;p=${parameter}>;tag=${parameter}`,
  );

describe('what is taken for readable at a glance', () => {
  test.each<Rule>(['Call_ID', 'Contact', 'Content_Type', 'CSeq', 'From', 'SIP_URI', 'To', 'Via'])(
    'the grammar of %s reads as well',
    (rule) => {
      fc.assert(
        fc.property(fc.oneof(words, address, host, via), (text) => {
          for (const value of [text, `<sip:${text}@host>`, `sip:a@${text}`, `1 ${text}`]) {
            expect(isReadable(rule, value)).toBe(Grammar.parse(value, rule) !== -1);
          }
        }),
      );
    },
    60_000,
  );

  test('contacts are counted', () => {
    expect(contactsIn('<sip:a@b>')).toBe(1);
    expect(contactsIn('<sip:a@b>, "c" <sip:c@d;transport=ws>;q=1')).toBe(2);
  });
});

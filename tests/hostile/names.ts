/** Names that callers may send, and what the desk shows of them. */
export interface StrangeName {
  about: string;
  /** As it stands between the quotes of From. */
  sent: string;
  shown: string;
}

export const strangeNames: StrangeName[] = [
  {
    about: 'a script',
    sent: '<script>window.harmed=1</script>',
    shown: '<script>window.harmed=1</script>',
  },
  {
    about: 'an image that fails',
    sent: "<img src=x onerror='window.harmed=1'>",
    shown: "<img src=x onerror='window.harmed=1'>",
  },
  { about: 'entities', sent: '&lt;b&gt;Wang&amp;', shown: '&lt;b&gt;Wang&amp;' },
  { about: 'emphasis', sent: '<b>Bank</b>', shown: '<b>Bank</b>' },
  {
    about: 'placeholders of texts',
    sent: '{{who}} $t(common:close)',
    shown: '{{who}} $t(common:close)',
  },
  { about: 'an address', sent: 'javascript:alert(1)', shown: 'javascript:alert(1)' },
  { about: 'a name written from right to left', sent: '\u202egnaW\u202c', shown: 'gnaW' },
  { about: 'isolates and marks', sent: '\u2066Wang\u2069\u200e\u061c', shown: 'Wang' },
  {
    about: 'zalgo',
    sent: `W${'\u0335\u0351\u0323'.repeat(40)}ang`,
    shown: '\u1e88\u0335\u0335\u0335ang',
  },
  { about: 'nothing to be seen', sent: '\u200b\u2060\u3164\ufeff', shown: '' },
  { about: 'a bell and an escape', sent: '\u0007\u001b[31mWang\u009b', shown: '[31mWang' },
  { about: '64 KB', sent: '王'.repeat(65_536 / 3), shown: '王'.repeat(200) },
  { about: 'a flag of regions', sent: '🇨🇳 Wang', shown: '🇨🇳 Wang' },
];

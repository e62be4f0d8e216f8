import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { HomeCountry } from './types.ts';

/** `screen`: numbers of the home country without country code. `full`: country code always. */
export type NumberStyle = 'screen' | 'full';

/**
 * A number for people to read: `138 0013 8000` at home in China, `+86 138 0013 8000` elsewhere,
 * `400-812-3456`, `95588`. Takes E.164 with `+`, or an exact key (`short:95588`, `int:2041`); any other
 * text is given back as it is. What comes out reads back to the same number at the same home.
 */
export function formatNumber(number: string, home: HomeCountry, style: NumberStyle): string {
  if (number.startsWith('short:')) return formatService(number.slice('short:'.length));
  if (number.startsWith('int:')) return number.slice('int:'.length);
  if (!/^\+[1-9]\d{1,14}$/.test(number)) return number;
  const atHome = style === 'screen';
  if (number.startsWith('+86')) {
    return formatChina(number.slice('+86'.length), atHome && home.country === 'CN');
  }
  const parsed = parsePhoneNumberFromString(number, { extract: false });
  if (!parsed) return number;
  const isDomestic = atHome && parsed.country === home.country && parsed.isValid();
  return isDomestic ? parsed.formatNational() : parsed.formatInternational();
}

function formatService(digits: string): string {
  const freephone = /^([48]00)(\d{3})(\d{4})$/.exec(digits);
  return freephone ? freephone.slice(1).join('-') : digits;
}

function formatChina(national: string, domestic: boolean): string {
  const mobile = /^(1[3-9]\d)(\d{4})(\d{4})$/.exec(national);
  if (mobile) return (domestic ? '' : '+86 ') + mobile.slice(1).join(' ');
  const landline =
    /^(10|2\d)(\d{4})(\d{4})$/.exec(national) ?? /^([3-9]\d\d)(\d{3,4})(\d{4})$/.exec(national);
  if (!landline) return `+86 ${national}`;
  return (domestic ? '0' : '+86 ') + landline.slice(1).join(' ');
}

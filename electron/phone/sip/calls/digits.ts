import type { MediaPort } from '#electron/core/providers.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { PhoneRules } from '../../phone.ts';
import type { Leg } from './leg.ts';

const digitsForm = /^[0-9A-Da-d*#]{1,64}$/u;
const digitMs = 160;

/**
 * Sends digits in the audio (RFC 4733), or one INFO `application/dtmf-relay` each where the PBX wants that, or its
 * audio takes none. Codes: invalid-input, call-state, phone-unreachable, media codes.
 */
export async function sendDigits(
  media: MediaPort,
  leg: Leg,
  digits: string,
  way: PhoneRules['digits'],
): Promise<Result<null>> {
  if (!digitsForm.test(digits)) return fail('invalid-input', 'not digits of a telephone');
  if (leg.state !== 'talking') return fail('call-state', 'digits need a call that is up');
  if (way === 'rtp') {
    const inAudio = await media.run('digits', { session: leg.media.session, digits });
    if (!inAudio.ok) return inAudio;
    if (inAudio.value.sent) return ok(null);
  }
  for (const digit of digits.toUpperCase()) {
    const told = await sendInfo(leg, digit);
    if (!told.ok) return told;
  }
  return ok(null);
}

function sendInfo(leg: Leg, digit: string): Promise<Result<null>> {
  return new Promise((resolve) => {
    const refused = (): void => resolve(fail('call-state', 'the PBX did not take the digit'));
    leg.session
      .info({
        requestOptions: {
          body: {
            contentDisposition: 'render',
            contentType: 'application/dtmf-relay',
            content: `Signal=${digit}\r\nDuration=${digitMs}\r\n`,
          },
        },
        requestDelegate: {
          onAccept: () => resolve(ok(null)),
          onReject: refused,
          onRedirect: refused,
        },
      })
      .catch(refused);
  });
}

import { type UserAgent, UserAgent as UserAgents } from 'sip.js';
import { fail, ok, type Result } from '#shared/result.ts';

export type Availability = { ready: true } | { ready: false; reason: string };

/** Body of the MESSAGE: `ready`, or `paused;reason=…` with letters, digits, `-` and `_` only. */
function availabilityBody(availability: Availability): string {
  if (availability.ready) return 'ready';
  const reason = availability.reason.replace(/[^\w-]/gu, '').slice(0, 50);
  return reason ? `paused;reason=${reason}` : 'paused';
}

/**
 * Tells the PBX's queues by SIP MESSAGE (RFC 3428) to `availability` at the account's domain.
 * Codes: phone-unreachable, phone-refused.
 */
export function sendAvailability(
  userAgent: UserAgent,
  availability: Availability,
): Promise<Result<null>> {
  const from = userAgent.configuration.uri;
  const target = UserAgents.makeURI(`sip:availability@${from.host}`);
  if (!target) return Promise.resolve(fail('phone-refused', 'the account has no usable domain'));
  const core = userAgent.userAgentCore;
  const message = core.makeOutgoingRequestMessage('MESSAGE', target, from, target, {}, [], {
    contentDisposition: 'render',
    contentType: 'text/plain',
    content: availabilityBody(availability),
  });
  return new Promise((resolve) => {
    const refused = (statusCode: number | undefined): void =>
      resolve(
        statusCode === 408 || statusCode === 503
          ? fail('phone-unreachable', 'the PBX did not take the availability')
          : fail('phone-refused', 'the PBX refused the availability', { status: statusCode ?? 0 }),
      );
    core.request(message, {
      onAccept: () => resolve(ok(null)),
      onReject: (response) => refused(response.message.statusCode),
      onRedirect: (response) => refused(response.message.statusCode),
    });
  });
}

import { Invitation, Inviter, type Session, SessionState } from 'sip.js';

/** BYE, CANCEL or a final answer, whichever the dialog wants now. */
export async function endSession(session: Session): Promise<void> {
  switch (session.state) {
    case SessionState.Established:
      await session.bye();
      return;
    case SessionState.Initial:
    case SessionState.Establishing:
      if (session instanceof Inviter) await session.cancel();
      if (session instanceof Invitation) await session.reject({ statusCode: 480 });
      return;
    default:
  }
}

import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface MailServer {
  url: string;
  /** Every mail that was taken, as it came over the wire. */
  mails: { to: string[]; source: string }[];
  /** From now on mails are turned away with this reply; null: taken again. */
  refuse(status: number | null): void;
  stop(): Promise<void>;
}

/** A real SMTP server on a free port of this machine. */
export async function startMailServer(): Promise<MailServer> {
  const mails: MailServer['mails'] = [];
  let refusal: number | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      text(stream).then((source) => {
        if (refusal !== null) {
          done(Object.assign(new Error('not wanted'), { responseCode: refusal }));
          return;
        }
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
        done();
      }, done);
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const bound = listening.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse(status) {
      refusal = status;
    },
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}

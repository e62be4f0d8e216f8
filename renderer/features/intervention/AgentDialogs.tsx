import { useEffect } from 'react';
import { MessageDialog } from '../messages/MessageDialog.tsx';
import { AgentTickets } from './AgentTickets.tsx';
import { closeAsked, useAsked } from './agentDialogs.ts';
import { QueuesDialog } from './QueuesDialog.tsx';
import { SignOutAsked } from './SignOutAsked.tsx';

/** The dialogs about agents; stands once on a page that opens them by `askAbout`. */
export function AgentDialogs() {
  const written = useAsked('message');
  useEffect(() => closeAsked, []);
  return (
    <>
      <QueuesDialog agent={useAsked('queues')} onClose={closeAsked} />
      <MessageDialog
        to={written && { audience: 'one', userId: written.id }}
        name={written?.name ?? ''}
        onClose={closeAsked}
      />
      <AgentTickets agent={useAsked('tickets')} onClose={closeAsked} />
      <SignOutAsked agent={useAsked('signOut')} onClose={closeAsked} />
    </>
  );
}

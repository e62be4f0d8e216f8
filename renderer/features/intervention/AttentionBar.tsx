import { useRoute } from '../../app/routes.ts';
import { MessageBanner } from '../messages/MessageBanner.tsx';
import { DoneBanner } from './DoneBanner.tsx';
import { HelpRequests } from './HelpRequests.tsx';
import { OwnHelp } from './OwnHelp.tsx';

/** Below the call bar: what people of the centre want of each other. It takes room, never the focus. */
export function AttentionBar() {
  const { page } = useRoute();
  return (
    <div data-region="7">
      <DoneBanner />
      <OwnHelp />
      <HelpRequests all={page === 'board'} />
      <MessageBanner />
    </div>
  );
}

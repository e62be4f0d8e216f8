import type { Configuration } from '#shared/domain/configuration.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../../cache/cache.ts';
import type { Notices } from '../../core/notices.ts';
import type { Clock, Log } from '../../core/providers.ts';
import type { Phone } from '../../phone/phone.ts';
import type { AgentService } from '../agent.ts';
import type { Logbook } from '../logbook.ts';
import type { WrapUpService } from '../wrapUps.ts';
import type { CallBook } from './callBook.ts';
import type { Recognize } from './recognize.ts';

/** What the parts of the call service share. */
export interface CallContext {
  user: SignedInUser;
  cache: Cache;
  logbook: Logbook;
  phone: Phone;
  agent: AgentService;
  wrapUps: Pick<WrapUpService, 'begin' | 'setAside' | 'settle'>;
  clock: Clock;
  notices: Notices;
  log: Log;
  book: CallBook;
  recognize: Recognize;
  home(): HomeCountry;
  configuration(): Configuration | null;
}

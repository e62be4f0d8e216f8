import type { Migration } from 'kysely/migration';
import { base } from './0001_base.ts';
import { audit } from './0002_audit.ts';
import { lineage } from './0002_lineage.ts';
import { scope } from './0003_scope.ts';
import { device } from './0004_device.ts';
import { apiKey } from './0005_api_key.ts';
import { job } from './0006_job.ts';
import { webhook } from './0007_webhook.ts';
import { dataImport } from './0008_import.ts';
import { waiting } from './0009_waiting.ts';
import { closedLoop } from './0010_closed_loop.ts';
import { oneFeed } from './0011_one_feed.ts';
import { settingVersion } from './0013_setting_version.ts';
import { attachmentBlob } from './0014_attachment_blob.ts';
import { ticketClock } from './0015_ticket_clock.ts';
import { followUp } from './0017_follow_up.ts';
import { customerValue } from './0019_customer_value.ts';
import { callEvent } from './0020_call_event.ts';
import { intervention } from './0021_intervention.ts';
import { report } from './0022_report.ts';
import { journal } from './0023_journal.ts';
import { abandonedCall } from './0024_abandoned_call.ts';
import { importHistory } from './0025_import_history.ts';
import { outboxSwitch } from './0026_outbox_switch.ts';
import { feedHorizon } from './0027_feed_horizon.ts';
import { oneTimePassword } from './0030_one_time_password.ts';
import { clockSet } from './0031_clock_set.ts';
import { commonFields } from './0032_common_fields.ts';
import { madeRequest } from './0033_made_request.ts';
import { sessionExtension } from './0034_session_extension.ts';

/** Numbered, forward only; a migration that has left this house is never edited. */
export const migrations: Record<string, Migration> = {
  '0001_base': { up: base },
  '0002_lineage': { up: lineage },
  '0002_audit': { up: audit },
  '0003_scope': { up: scope },
  '0004_device': { up: device },
  '0005_api_key': { up: apiKey },
  '0006_job': { up: job },
  '0007_webhook': { up: webhook },
  '0008_import': { up: dataImport },
  '0009_waiting': { up: waiting },
  '0010_closed_loop': { up: closedLoop },
  '0011_one_feed': { up: oneFeed },
  '0013_setting_version': { up: settingVersion },
  '0019_customer_value': { up: customerValue },
  '0017_follow_up': { up: followUp },
  '0015_ticket_clock': { up: ticketClock },
  '0014_attachment_blob': { up: attachmentBlob },
  '0020_call_event': { up: callEvent },
  '0021_intervention': { up: intervention },
  '0023_journal': { up: journal },
  '0022_report': { up: report },
  '0024_abandoned_call': { up: abandonedCall },
  '0025_import_history': { up: importHistory },
  '0026_outbox_switch': { up: outboxSwitch },
  '0027_feed_horizon': { up: feedHorizon },
  '0030_one_time_password': { up: oneTimePassword },
  '0031_clock_set': { up: clockSet },
  '0032_common_fields': { up: commonFields },
  '0033_made_request': { up: madeRequest },
  '0034_session_extension': { up: sessionExtension },
};

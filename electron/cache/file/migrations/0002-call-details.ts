import type { Migration } from '../migration.ts';

const details = ['report', 'transferredTo', 'transferredBy', 'recordingGaps', 'kind'];
const paths = details.map((name) => `'$.${name}'`).join(', ');

/**
 * What is kept of a call beside its times: the audio's report, whom it was passed on to and by, the gaps
 * of its recording, and whether it was one of a customer. Records of a newer desk had them among the
 * unknown fields. Calls between colleagues need no wrap-up.
 */
export const callDetails: Migration = {
  version: 2,
  sql: `
ALTER TABLE call ADD COLUMN "report" TEXT;
ALTER TABLE call ADD COLUMN "transferredTo" TEXT;
ALTER TABLE call ADD COLUMN "transferredBy" TEXT;
ALTER TABLE call ADD COLUMN "recordingGaps" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE call ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'customer';

UPDATE call SET
  "report" = json_extract("extra", '$.report'),
  "transferredTo" = json_extract("extra", '$.transferredTo'),
  "transferredBy" = json_extract("extra", '$.transferredBy'),
  "recordingGaps" = coalesce(json_extract("extra", '$.recordingGaps'), '[]'),
  "kind" = coalesce(json_extract("extra", '$.kind'), 'customer'),
  "extra" = nullif(json_remove("extra", ${paths}), '{}')
  WHERE "extra" IS NOT NULL;

DROP INDEX call_to_wrap_up;
CREATE INDEX call_to_wrap_up ON call ("agentId", "endedAt" DESC)
  WHERE "wrappedUp" = 0 AND "answeredAt" IS NOT NULL AND "endedAt" IS NOT NULL
    AND "kind" = 'customer';
`,
};

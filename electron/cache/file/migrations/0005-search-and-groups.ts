/** Customers found to be one, with the record that stands for each loser, and search over everything. */
export const searchAndGroups = `
-- Derived from "mergedInto": the end of each chain. See records/customerGroups.ts.
CREATE TABLE customer_group (
  "loserId" TEXT PRIMARY KEY,
  "winnerId" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_group_by_winner ON customer_group ("winnerId");
INSERT INTO customer_group ("loserId", "winnerId")
  WITH RECURSIVE chain ("loserId", "at", "step") AS (
    SELECT "id", "mergedInto", 1 FROM customer WHERE "mergedInto" IS NOT NULL
    UNION ALL
    SELECT chain."loserId", c."mergedInto", "step" + 1 FROM chain JOIN customer c ON c."id" = chain."at"
      WHERE c."mergedInto" IS NOT NULL AND "step" < 50
  )
  SELECT "loserId", "at" FROM (SELECT "loserId", "at", max("step") FROM chain GROUP BY "loserId")
    WHERE "loserId" <> "at";

CREATE TABLE not_duplicate (
  "id" TEXT NOT NULL UNIQUE,
  "aId" TEXT NOT NULL,
  "bId" TEXT NOT NULL,
  "at" INTEGER NOT NULL,
  "byId" TEXT NOT NULL,
  "byName" TEXT NOT NULL,
  "extra" TEXT,
  "version" INTEGER NOT NULL,
  "clocks" TEXT NOT NULL
) STRICT;
CREATE INDEX not_duplicate_a ON not_duplicate ("aId");
CREATE INDEX not_duplicate_b ON not_duplicate ("bId");
CREATE INDEX contact_point_email ON contact_point ("normal") WHERE "kind" = 'email' AND "retired" = 0;
CREATE INDEX article_titles ON article ("state", "title", "language", "id");
CREATE INDEX field_change_bulk ON field_change ("source", "id")
  WHERE "source" >= 'bulk' AND "source" < 'bull';
CREATE INDEX customer_merge_by_time ON customer_merge ("at" DESC);

DROP TABLE search_due;
DROP TABLE search_trigram;
DROP TABLE search_bigram;
-- Rows up to "upTo" (their rowid) are in the index, but for those in search_due; those behind are to come.
CREATE TABLE search_built ("kind" TEXT PRIMARY KEY, "upTo" INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO search_built ("kind", "upTo") VALUES ('customer', 0), ('ticket', 0), ('wrapUp', 0);
-- Indexed before, and changed since.
CREATE TABLE search_due (
  "kind" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  PRIMARY KEY ("kind", "id")
) STRICT, WITHOUT ROWID;
-- Pieces of text that the product cuts itself (search/grams.ts); the rowid is that of the record.
CREATE VIRTUAL TABLE search_customer USING fts5 (
  "grams", tokenize = 'ascii', content = '', contentless_delete = 1, detail = none
);
CREATE VIRTUAL TABLE search_ticket USING fts5 (
  "grams", tokenize = 'ascii', content = '', contentless_delete = 1, detail = none
);
CREATE VIRTUAL TABLE search_wrap_up USING fts5 (
  "grams", tokenize = 'ascii', content = '', contentless_delete = 1, detail = none
);
`;

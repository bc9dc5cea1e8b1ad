-- A table of search records for PostgreSQL 12 or later. Run once; `rapporteur export postgresql` fills it.
--
-- A record is one JSON value (schema/record.schema.json); the columns are made of it by the server, so that a feed never
-- needs to know them. To ask:
--   SELECT id, ts_headline('report', record->>'text', q) FROM report_record, websearch_to_tsquery('report', 'munoz levy') q
--   WHERE words @@ q AND year = 2021 ORDER BY ts_rank(words, q) DESC LIMIT 20;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Words without accents and without stemming, because an archive holds many languages.
CREATE TEXT SEARCH CONFIGURATION report (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION report ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;

CREATE TABLE report_record (
  id          text PRIMARY KEY,
  record      jsonb NOT NULL,
  document    text GENERATED ALWAYS AS (record->>'document') STORED,
  kind        text GENERATED ALWAYS AS (record->>'kind') STORED,
  symbol      text GENERATED ALWAYS AS (record->>'symbol') STORED,
  year        int  GENERATED ALWAYS AS ((record->>'year')::int) STORED,
  agenda_item text GENERATED ALWAYS AS (record->>'agendaItem') STORED,
  states      jsonb GENERATED ALWAYS AS (record->'states') STORED,
  words       tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('report'::regconfig, coalesce(record->>'heading', '') || ' ' || coalesce(record->>'agendaHeading', '')), 'B') ||
    setweight(to_tsvector('report'::regconfig, coalesce(record->>'text', '')), 'A')) STORED
);
CREATE INDEX report_record_words ON report_record USING gin (words);
CREATE INDEX report_record_states ON report_record USING gin (states);
CREATE INDEX report_record_document ON report_record (document);
CREATE INDEX report_record_symbol ON report_record (symbol);
CREATE INDEX report_record_year ON report_record (year, agenda_item);

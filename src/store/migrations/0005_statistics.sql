-- What statistics count of each row, beside when it began, in an index of its own: a year of many is
-- counted without reading a row. The rows say the same as before; one that is no JSON says nothing.
CREATE INDEX incident_counted ON incident (started,
    CASE WHEN json_valid(summary) THEN json_extract(summary,
        '$.type_id', '$.standing', '$.ended', '$.to_step', '$.reached[0].after') END);
CREATE INDEX complaint_counted ON complaint (started,
    CASE WHEN json_valid(summary) THEN json_extract(summary,
        '$.about', '$.answered', '$.closed', '$.promise.answer_by', '$.aside', '$.erased') END);

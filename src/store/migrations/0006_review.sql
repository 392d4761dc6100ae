-- Projection: one row a review of an incident, by which the actions that are still to be done are
-- found. Folded again from the journal at the same start, as the incidents are: of how each ended the
-- id is kept now as well.
CREATE TABLE review (
    id      TEXT    NOT NULL PRIMARY KEY,  -- the incident's
    started INTEGER NOT NULL,              -- ms UTC
    kept    INTEGER NOT NULL,              -- greatest while there is something to do, else that it began
    final   INTEGER NOT NULL,              -- 1 while its last version holds
    open    INTEGER NOT NULL,              -- how many actions are still to be done
    due     INTEGER,                       -- the first day of theirs, counted from the common era
    summary TEXT    NOT NULL               -- JSON of domain::review::Review
) STRICT;

CREATE INDEX review_open ON review (due, id) WHERE open > 0;

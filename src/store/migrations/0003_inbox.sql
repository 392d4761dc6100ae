-- The list of complaints has a page at a time read, in the order in which the staff see it. It is
-- a projection: made anew, and folded again from the journal at the same start.
DROP TABLE complaint;

CREATE TABLE complaint (
    id       TEXT    NOT NULL PRIMARY KEY,
    started  INTEGER NOT NULL,         -- ms UTC
    kept     INTEGER NOT NULL,         -- done with since, ms UTC; greatest while there is something
                                       -- to do or it must be kept, least once it is erased
    due      INTEGER,                  -- ms UTC by which something is to be done; NULL for nothing
    waiting  INTEGER NOT NULL,         -- 1 while its writer waits for the staff
    rest     INTEGER NOT NULL,         -- 0 in the list, 1 lying aside, 2 erased
    aside    INTEGER,                  -- ms UTC since when it lies aside
    fresh    INTEGER NOT NULL,         -- 1 while nobody has done anything about it
    held     INTEGER NOT NULL,         -- 1 while it must be kept
    linked   INTEGER NOT NULL,         -- 1 where it belongs to an incident
    promised INTEGER NOT NULL,         -- 1 once the days for it are written down, or none matter
    summary  TEXT    NOT NULL          -- JSON of domain::complaint::Complaint
) STRICT;

CREATE INDEX complaint_kept ON complaint (kept);
-- Each holds what its part of the list is found, ordered and counted by.
CREATE INDEX complaint_due ON complaint (due, started, id, fresh) WHERE rest = 0 AND due IS NOT NULL;
CREATE INDEX complaint_waiting ON complaint (started, id, due, fresh) WHERE rest = 0 AND waiting = 1;
CREATE INDEX complaint_calm ON complaint (started, id, due) WHERE rest = 0 AND waiting = 0;
CREATE INDEX complaint_aside ON complaint (aside, started, id) WHERE rest = 1;
CREATE INDEX complaint_erased ON complaint (started, id) WHERE rest = 2;
CREATE INDEX complaint_fresh ON complaint (started, id) WHERE fresh = 1;
CREATE INDEX complaint_linked ON complaint (started) WHERE linked = 1;
CREATE INDEX complaint_promised ON complaint (id) WHERE promised = 0;

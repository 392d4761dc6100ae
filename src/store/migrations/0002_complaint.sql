-- Projection: one row a complaint, for lists. Can always be folded again from the journal.
CREATE TABLE complaint (
    id      TEXT    NOT NULL PRIMARY KEY,
    started INTEGER NOT NULL,         -- ms UTC
    kept    INTEGER NOT NULL,         -- as in incident
    summary TEXT    NOT NULL          -- JSON of domain::complaint::Complaint
) STRICT;

CREATE INDEX complaint_kept ON complaint (kept);

-- What people wrote, apart from the journal so that it can be erased. Sealed with a key of its
-- own: once the row is gone, no copy of its pages that anything may have left tells anything.
CREATE TABLE content (
    id     TEXT NOT NULL PRIMARY KEY, -- UUIDv7, named by an entry
    topic  TEXT NOT NULL,
    salt   BLOB NOT NULL,             -- of the digest that the entry keeps
    key    BLOB NOT NULL,
    sealed BLOB NOT NULL              -- ChaCha20-Poly1305, the id as associated data
) STRICT;

CREATE INDEX content_topic ON content (topic);

-- How a customer's receipt finds the complaint: by hashes, never by the number itself.
CREATE TABLE receipt (
    topic TEXT NOT NULL PRIMARY KEY,
    token BLOB NOT NULL UNIQUE,       -- of the form, so that a resent one makes no second complaint
    slow  BLOB UNIQUE,                -- argon2id
    quick BLOB UNIQUE                 -- HMAC-SHA-256, only until the slow one has been computed
) STRICT;

-- One row: what the hashes above are keyed with, one for each installation.
CREATE TABLE secret (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    value BLOB NOT NULL               -- 32 random bytes
) STRICT;

INSERT INTO secret (one, value) VALUES (1, randomblob(32));

-- The key of a content lies in a file of its own, sealed to the branch's public key. What an
-- earlier version wrote has its key and salt here until they are sealed too; both are empty then.
ALTER TABLE content ADD COLUMN slot INTEGER;   -- in content-keys
ALTER TABLE content ADD COLUMN words BLOB;     -- keyed digest of what was written, to know it again
ALTER TABLE content ADD COLUMN length INTEGER; -- in characters

CREATE INDEX content_unsealed ON content (id) WHERE slot IS NULL;

-- Slots whose contents were erased, until they are wiped.
CREATE TABLE content_gone (
    slot INTEGER PRIMARY KEY
) STRICT;

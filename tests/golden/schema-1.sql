-- A journal of the first schema: incidents alone, and nobody named as an actor. The tables are those
-- of that time; entries, digests and the list of incidents have kept their form ever since.

BEGIN;

-- The journal: everything that ever happened, in order, never changed.
CREATE TABLE entry (
    seq     INTEGER PRIMARY KEY,      -- from 1, without gaps
    device  TEXT    NOT NULL,         -- the tablet that wrote it
    id      TEXT    NOT NULL UNIQUE,  -- UUIDv7
    at      INTEGER NOT NULL,         -- ms since 1970-01-01 UTC
    actor   TEXT,                     -- NULL while nobody is signed in
    topic   TEXT    NOT NULL,         -- incident:<id> …
    kind    TEXT    NOT NULL,
    version INTEGER NOT NULL,         -- of the body
    body    TEXT    NOT NULL,         -- JSON
    prev    BLOB    NOT NULL,         -- digest of the entry before
    digest  BLOB    NOT NULL          -- SHA-256, see store/chain.rs
) STRICT;

-- An index carries the row's seq by itself, so this one is ordered by (topic, seq).
CREATE INDEX entry_topic ON entry (topic);

CREATE TRIGGER entry_never_changed BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'a journal entry is never changed');
END;

CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'a journal entry is never deleted');
END;

-- INSERT OR REPLACE would delete the old row without asking the trigger above.
CREATE TRIGGER entry_never_replaced BEFORE INSERT ON entry
WHEN EXISTS (SELECT 1 FROM entry WHERE seq = NEW.seq OR id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'a journal entry is never replaced');
END;

-- One row. `seq` and `digest` are a witness: what the writer last vouched for, kept apart from
-- the entries so that a cut-off tail shows. They are never recomputed from the entries.
-- `projected` and `rules` say how far, and by which rules, the projections below were folded.
CREATE TABLE meta (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    device    TEXT    NOT NULL,
    seq       INTEGER NOT NULL,
    digest    BLOB    NOT NULL,
    projected INTEGER NOT NULL,
    rules     INTEGER NOT NULL
) STRICT;

-- Projection: one row an incident, for lists. Can always be folded again from the journal.
CREATE TABLE incident (
    id      TEXT    NOT NULL PRIMARY KEY,
    started INTEGER NOT NULL,         -- ms UTC
    kept    INTEGER NOT NULL,         -- kept in mind by whoever looks back no further than this
    summary TEXT    NOT NULL          -- JSON of domain::summary::Summary
) STRICT;

CREATE INDEX incident_started ON incident (started);
CREATE INDEX incident_kept ON incident (kept);

INSERT INTO entry VALUES (1, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2077a-6318-73b6-bfe2-d94d3508c821', 1795421791000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.started', 1, '{"name":{"en":"Power cut","zh_CN":"停电"},"plan":"2026-11-23","type":"power-cut"}', X'0000000000000000000000000000000000000000000000000000000000000000', X'2705cc490fffef01f7d57b8673117634aa48227f4c9abf33e56f4b9b3a66780f');
INSERT INTO entry VALUES (2, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2077b-5160-717a-a7cb-26ead2591435', 1795421852000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.step-marked', 1, '{"command":{"en":"Switch on emergency lights","zh_CN":"打开应急照明"},"correction":false,"mark":"done","reason":null,"step":{"step":"lights","type":"power-cut"}}', X'2705cc490fffef01f7d57b8673117634aa48227f4c9abf33e56f4b9b3a66780f', X'501647a0d582dda7b501097963dc50b9bd8139de1996727c78ae8173411c0409');
INSERT INTO entry VALUES (3, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2077c-3fa8-7195-b9ef-7e8cee32422f', 1795421913000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.step-marked', 1, '{"command":{"en":"Switch on emergency lights","zh_CN":"打开应急照明"},"correction":false,"mark":"skipped","reason":{"id":"in-hand","words":{"en":"Someone is on it","zh_CN":"已有人处理"}},"step":{"step":"lights","type":"power-cut"}}', X'501647a0d582dda7b501097963dc50b9bd8139de1996727c78ae8173411c0409', X'7384c42c1b996957724a2b7afef4da92ebc3f887f59cb64802f173b43ea9145b');
INSERT INTO entry VALUES (4, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2077d-2df0-7011-9ed9-20dfb3d73470', 1795421974000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.step-marked', 1, '{"command":{"en":"Switch on emergency lights","zh_CN":"打开应急照明"},"correction":false,"mark":"cannot","reason":{"id":"no-access","words":{"en":"No way in","zh_CN":"进不去"}},"step":{"step":"lights","type":"power-cut"}}', X'7384c42c1b996957724a2b7afef4da92ebc3f887f59cb64802f173b43ea9145b', X'36e4f9a34ba6896c3421376fe0b0eab942c00e72f2ac8ea0f7ac58254108562a');
INSERT INTO entry VALUES (5, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2077e-1c38-719c-8163-3a1b3b59d485', 1795422035000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.step-marked', 1, '{"command":{"en":"Switch on emergency lights","zh_CN":"打开应急照明"},"correction":false,"mark":"waived","reason":{"id":"in-hand","words":{"en":"Someone is on it","zh_CN":"已有人处理"}},"step":{"step":"lights","type":"power-cut"}}', X'36e4f9a34ba6896c3421376fe0b0eab942c00e72f2ac8ea0f7ac58254108562a', X'e6340f7b5afb378f75ba1f005d9c50f813e2dad2e9c28ab4742a948aa98bfc9f');
INSERT INTO entry VALUES (6, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2077f-0a80-7743-b457-429d095959d7', 1795422096000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.step-marked', 1, '{"command":{"en":"Switch on emergency lights","zh_CN":"打开应急照明"},"correction":true,"mark":"open","reason":null,"step":{"step":"lights","type":"power-cut"}}', X'e6340f7b5afb378f75ba1f005d9c50f813e2dad2e9c28ab4742a948aa98bfc9f', X'd6b638be598973f511bd6ecb13b623e5bcd9381970d3c33e6c95935643b78789');
INSERT INTO entry VALUES (7, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2077f-f8c8-7632-b4e8-fa0eb4b45738', 1795422157000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.noted', 1, '{"note":"police-arrived","words":{"en":"Police arrived","zh_CN":"警察已到"}}', X'd6b638be598973f511bd6ecb13b623e5bcd9381970d3c33e6c95935643b78789', X'483cdcb26b522f4fccf14b955b70b2dce53a3905e6d97769ca9b2aa01a466aa9');
INSERT INTO entry VALUES (8, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20780-e710-738e-9c06-73567bbc5b87', 1795422218000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.retyped', 1, '{"name":{"en":"Fire","zh_CN":"火灾"},"type":"fire"}', X'483cdcb26b522f4fccf14b955b70b2dce53a3905e6d97769ca9b2aa01a466aa9', X'c7b7e42357f5fd29151d431b4215b1b06ea51126cbb670657c9ce861d763218d');
INSERT INTO entry VALUES (9, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20781-d558-7260-9a5c-292922f51ca8', 1795422279000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.closed', 1, '{"follow_ups":[],"outcome":"resolved","words":{"en":"Resolved","zh_CN":"已解决"}}', X'c7b7e42357f5fd29151d431b4215b1b06ea51126cbb670657c9ce861d763218d', X'18c5265dd3889f85419f6fc7b2af811aa8ee89f5054c65554a0fe4bd6ee0310c');
INSERT INTO entry VALUES (10, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20782-c3a0-7127-b79b-6c97ede25dd2', 1795422340000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.closed', 1, '{"follow_ups":[{"command":{"en":"Help with the medical-cost matters","zh_CN":"协助办理医疗费用事宜"},"due":"2026-11-30T02:44:49.558Z","step":{"step":"medical-cost","type":"sudden-illness"}}],"outcome":"handed-to-ambulance","words":{"en":"Handed to ambulance","zh_CN":"移交急救"}}', X'18c5265dd3889f85419f6fc7b2af811aa8ee89f5054c65554a0fe4bd6ee0310c', X'7a5a291b9ed5d16359d22ee5ce13a22e6bd81bfac3be1a12535b9add2563b338');
INSERT INTO entry VALUES (11, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20783-b1e8-7322-92d3-ea8bdae2cd26', 1795422401000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.close-undone', 1, '{}', X'7a5a291b9ed5d16359d22ee5ce13a22e6bd81bfac3be1a12535b9add2563b338', X'f7f65ea0b7b1dd4a367e35081957ba8f8b9381219602d1fac2ddb393be449935');
INSERT INTO entry VALUES (12, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20784-a030-7415-b4d7-90644a309e85', 1795422462000, NULL, 'incident:01a20779-74d0-72e2-9842-0bf49645c8af', 'incident.reopened', 1, '{}', X'f7f65ea0b7b1dd4a367e35081957ba8f8b9381219602d1fac2ddb393be449935', X'b1128a3c28a91ddd4c94da147924015dd6250987d9f8ff722090957663fcc202');
INSERT INTO entry VALUES (13, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20785-8e78-717e-a09c-ec41d098e624', 1795422523000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.started', 1, '{"name":{"en":"Power cut","zh_CN":"停电"},"plan":"2026-11-23","type":"power-cut"}', X'b1128a3c28a91ddd4c94da147924015dd6250987d9f8ff722090957663fcc202', X'81b555d33cbdb99439b9d9097a97006eff18ad9fa528be7df9a1cb2ff50650ac');
INSERT INTO entry VALUES (14, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20786-7cc0-7674-ad74-a336c8162f80', 1795422584000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.step-marked', 1, '{"command":{"en":"Switch on emergency lights","zh_CN":"打开应急照明"},"correction":false,"mark":"done","reason":null,"step":{"step":"lights","type":"power-cut"}}', X'81b555d33cbdb99439b9d9097a97006eff18ad9fa528be7df9a1cb2ff50650ac', X'6223d67743258e7495b0800815a706207dc9dcde950f7e3f7ed7addbb3074cae');
INSERT INTO entry VALUES (15, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20787-6b08-736f-af43-22e65978d27b', 1795422645000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.step-marked', 1, '{"command":{"en":"Switch on emergency lights","zh_CN":"打开应急照明"},"correction":false,"mark":"skipped","reason":{"id":"in-hand","words":{"en":"Someone is on it","zh_CN":"已有人处理"}},"step":{"step":"lights","type":"power-cut"}}', X'6223d67743258e7495b0800815a706207dc9dcde950f7e3f7ed7addbb3074cae', X'd4cc35e401b0d04d8e8a57c0e8686e5102e42a0b491ca799783bd3f34841978e');
INSERT INTO entry VALUES (16, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20788-5950-7477-8be1-d76e9e84e04a', 1795422706000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.step-marked', 1, '{"command":{"en":"Switch on emergency lights","zh_CN":"打开应急照明"},"correction":false,"mark":"cannot","reason":{"id":"no-access","words":{"en":"No way in","zh_CN":"进不去"}},"step":{"step":"lights","type":"power-cut"}}', X'd4cc35e401b0d04d8e8a57c0e8686e5102e42a0b491ca799783bd3f34841978e', X'b2b9bb14b64e0ee1c19b5eed33adc21ee24729f6f29f82bc57e393180a1f87df');
INSERT INTO entry VALUES (17, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20789-4798-73da-8db9-cdb3618378e0', 1795422767000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.step-marked', 1, '{"command":{"en":"Switch on emergency lights","zh_CN":"打开应急照明"},"correction":false,"mark":"waived","reason":{"id":"in-hand","words":{"en":"Someone is on it","zh_CN":"已有人处理"}},"step":{"step":"lights","type":"power-cut"}}', X'b2b9bb14b64e0ee1c19b5eed33adc21ee24729f6f29f82bc57e393180a1f87df', X'ff91729824260ea10e622b18aa5625e266afbd81b796ffafc6d8c6a3add701cd');
INSERT INTO entry VALUES (18, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2078a-35e0-737b-b863-9d25fe40d99f', 1795422828000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.step-marked', 1, '{"command":{"en":"Switch on emergency lights","zh_CN":"打开应急照明"},"correction":true,"mark":"open","reason":null,"step":{"step":"lights","type":"power-cut"}}', X'ff91729824260ea10e622b18aa5625e266afbd81b796ffafc6d8c6a3add701cd', X'200016444ee5627e682ee939eb7095bd7314d2f27080839cb5443c102d102265');
INSERT INTO entry VALUES (19, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2078b-2428-7462-8358-e29b946edb1c', 1795422889000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.noted', 1, '{"note":"police-arrived","words":{"en":"Police arrived","zh_CN":"警察已到"}}', X'200016444ee5627e682ee939eb7095bd7314d2f27080839cb5443c102d102265', X'715f885df998192720dcda637b71b62d2b17186ce528821cbfe05ee8ef74d1e9');
INSERT INTO entry VALUES (20, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2078c-1270-72b6-926e-76d95e835714', 1795422950000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.retyped', 1, '{"name":{"en":"Fire","zh_CN":"火灾"},"type":"fire"}', X'715f885df998192720dcda637b71b62d2b17186ce528821cbfe05ee8ef74d1e9', X'ebc9ba75b75f934c6a41cdb45f0f64529f6593ad30a595a8bd368574ba407a60');
INSERT INTO entry VALUES (21, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2078d-00b8-742a-9029-f3b2e97fc231', 1795423011000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.closed', 1, '{"follow_ups":[],"outcome":"resolved","words":{"en":"Resolved","zh_CN":"已解决"}}', X'ebc9ba75b75f934c6a41cdb45f0f64529f6593ad30a595a8bd368574ba407a60', X'394ce51ff1fc7f0a38e04fe68d3d06746aa6d763760e63129a246ec872fe29be');
INSERT INTO entry VALUES (22, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2078d-ef00-7197-af6a-0eba1104b62d', 1795423072000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.closed', 1, '{"follow_ups":[{"command":{"en":"Help with the medical-cost matters","zh_CN":"协助办理医疗费用事宜"},"due":"2026-11-30T02:44:49.558Z","step":{"step":"medical-cost","type":"sudden-illness"}}],"outcome":"handed-to-ambulance","words":{"en":"Handed to ambulance","zh_CN":"移交急救"}}', X'394ce51ff1fc7f0a38e04fe68d3d06746aa6d763760e63129a246ec872fe29be', X'e69f6452942690693453bbb67bed630fe1d373fffb05ae807631ac4ddb9f8c3d');
INSERT INTO entry VALUES (23, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2078e-dd48-7318-a7a3-5bd0e0522097', 1795423133000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.close-undone', 1, '{}', X'e69f6452942690693453bbb67bed630fe1d373fffb05ae807631ac4ddb9f8c3d', X'47ea7e397484959c64c4d5d8bbc484f35617e6d2b4691482e57deb92107d5b32');
INSERT INTO entry VALUES (24, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a2078f-cb90-7498-a4b2-e77303207030', 1795423194000, NULL, 'incident:01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 'incident.reopened', 1, '{}', X'47ea7e397484959c64c4d5d8bbc484f35617e6d2b4691482e57deb92107d5b32', X'7bd357e3a913a8a406c2259294f475fdd9d3dd57a983207808daf7e576adeac4');
INSERT INTO entry VALUES (25, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20790-b9d8-7031-a993-4cbad02518ee', 1795423255000, NULL, 'incident:01a20779-74d2-757e-a69e-613e03b7e293', 'incident.started', 1, '{"name":{"en":"Power cut","zh_CN":"停电"},"plan":"2026-11-23","type":"power-cut"}', X'7bd357e3a913a8a406c2259294f475fdd9d3dd57a983207808daf7e576adeac4', X'15791c5a847970b74f8fee4f8b2302b678d461bebe026a493c53d4356d577496');
INSERT INTO entry VALUES (26, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20791-a820-73df-a8d1-99968684c109', 1795423316000, NULL, 'incident:01a20779-74d2-757e-a69e-613e03b7e293', 'incident.start-undone', 1, '{}', X'15791c5a847970b74f8fee4f8b2302b678d461bebe026a493c53d4356d577496', X'61bf29345bafab1b761bf735de2244c92e68ef0e2346b282b70296be0a12e807');
INSERT INTO entry VALUES (27, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20792-9668-7023-90e5-b2a413542c76', 1795423377000, NULL, 'incident:01a20779-74d3-7063-9322-2ce675f9f2a9', 'incident.started', 1, '{"name":{"en":"Power cut","zh_CN":"停电"},"plan":"2026-11-23","type":"power-cut"}', X'61bf29345bafab1b761bf735de2244c92e68ef0e2346b282b70296be0a12e807', X'036b4a795a60524fa9db0f843b4c9a5c24d8a97e201b5319d56cfe1724ef3ac1');
INSERT INTO entry VALUES (28, '40537192-cb39-49e3-a7fd-68ea5be3b522', '01a20793-84b0-74e3-82da-5e147c11d18b', 1795423438000, NULL, 'incident:01a20779-74d3-7063-9322-2ce675f9f2a9', 'incident.closed', 1, '{"follow_ups":[{"command":{"en":"Help with the medical-cost matters","zh_CN":"协助办理医疗费用事宜"},"due":"2026-11-30T02:44:49.558Z","step":{"step":"medical-cost","type":"sudden-illness"}}],"outcome":"handed-to-ambulance","words":{"en":"Handed to ambulance","zh_CN":"移交急救"}}', X'036b4a795a60524fa9db0f843b4c9a5c24d8a97e201b5319d56cfe1724ef3ac1', X'3437efc4df614f59ed0d0d344458c6b1723a79e8d46f95443db2d2b9f3c76ca1');

INSERT INTO meta VALUES (1, '40537192-cb39-49e3-a7fd-68ea5be3b522', 28, X'3437efc4df614f59ed0d0d344458c6b1723a79e8d46f95443db2d2b9f3c76ca1', 28, 1);

INSERT INTO incident VALUES ('01a20779-74d0-72e2-9842-0bf49645c8af', 1795421791000, 9223372036854775807, '{"id":"01a20779-74d0-72e2-9842-0bf49645c8af","type_id":"fire","name":{"en":"Fire","zh_CN":"火灾"},"started":"2026-11-23T08:16:31Z","standing":"open","ended":null,"outcome":null,"follow_ups":[]}');
INSERT INTO incident VALUES ('01a20779-74d1-71bc-82e4-0f3dfc86c4d7', 1795422523000, 9223372036854775807, '{"id":"01a20779-74d1-71bc-82e4-0f3dfc86c4d7","type_id":"fire","name":{"en":"Fire","zh_CN":"火灾"},"started":"2026-11-23T08:28:43Z","standing":"open","ended":null,"outcome":null,"follow_ups":[]}');
INSERT INTO incident VALUES ('01a20779-74d2-757e-a69e-613e03b7e293', 1795423255000, -9223372036854775808, '{"id":"01a20779-74d2-757e-a69e-613e03b7e293","type_id":"power-cut","name":{"en":"Power cut","zh_CN":"停电"},"started":"2026-11-23T08:40:55Z","standing":"undone","ended":"2026-11-23T08:41:56Z","outcome":null,"follow_ups":[]}');
INSERT INTO incident VALUES ('01a20779-74d3-7063-9322-2ce675f9f2a9', 1795423377000, 9223372036854775807, '{"id":"01a20779-74d3-7063-9322-2ce675f9f2a9","type_id":"power-cut","name":{"en":"Power cut","zh_CN":"停电"},"started":"2026-11-23T08:42:57Z","standing":"closed","ended":"2026-11-23T08:43:58Z","outcome":{"en":"Handed to ambulance","zh_CN":"移交急救"},"follow_ups":[{"step":{"type":"sudden-illness","step":"medical-cost"},"command":{"en":"Help with the medical-cost matters","zh_CN":"协助办理医疗费用事宜"},"due":"2026-11-30T02:44:49.558Z"}]}');

COMMIT;

PRAGMA application_id = 1280262745;
PRAGMA user_version = 1;

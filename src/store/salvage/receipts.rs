//! What receipts need, of a journal that cannot be used: the key of their hashes and the hashes
//! themselves, found elsewhere in the file where their own rows cannot be read.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use rusqlite::types::FromSql;
use rusqlite::{Transaction, params};

use super::{PAGE, Source};
use crate::store::error::StoreError;

/// What stands before the secret in its page: 35 bytes of payload, row 1, a header of 3 bytes, the
/// number of the row, a blob of 32 bytes (<https://sqlite.org/fileformat2.html>, sections 1.6 and 2.1).
const SECRET_CELL: [u8; 5] = [35, 1, 3, 0, 76];

/// The receipts, first from their rows; those whose rows are damaged from the indexes, which hold
/// all that a row does.
pub(super) fn carry_receipts(source: &Source, into: &Transaction) -> Result<(), StoreError> {
    source.each("receipt", "rowid, topic, token, slow, quick", |row| {
        let receipt = Receipt {
            topic: row.get(1)?,
            token: row.get(2)?,
            slow: row.get(3)?,
            quick: row.get(4)?,
        };
        Ok(receipt.write(into)?)
    })?;
    let topics = source.indexed::<String>("topic", 1);
    let mut tokens = source.indexed("token", 2);
    let (mut slow, mut quick) = (source.indexed("slow", 3), source.indexed("quick", 4));
    for (row, topic) in topics {
        if let Some(token) = tokens.remove(&row) {
            let receipt = Receipt {
                topic,
                token,
                slow: slow.remove(&row),
                quick: quick.remove(&row),
            };
            receipt.write(into)?;
        }
    }
    Ok(())
}

/// How a receipt finds its complaint, as it is read of a file that may say anything.
struct Receipt {
    topic: String,
    token: Vec<u8>,
    slow: Option<Vec<u8>>,
    quick: Option<Vec<u8>>,
}

impl Receipt {
    /// Puts it where no receipt of its complaint is yet, unless that was erased or is unknown.
    fn write(&self, into: &Transaction) -> Result<(), StoreError> {
        into.prepare_cached(
            "INSERT OR IGNORE INTO receipt (topic, token, slow, quick)
             SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (
                 SELECT 1 FROM entry WHERE topic = ?1 AND kind = 'complaint.received'
             ) AND NOT EXISTS (
                 SELECT 1 FROM entry WHERE topic = ?1 AND kind = 'complaint.erased'
             )",
        )?
        .execute(params![self.topic, self.token, self.slow, self.quick])?;
        Ok(())
    }
}

impl Source {
    /// The secret as it lies in its page, which holds nothing else: after what stands before every
    /// such value, or else at the page's end, where SQLite begins.
    pub(super) fn secret_in_page(&self) -> Option<[u8; 32]> {
        let page: u32 = self
            .connection
            .query_row(
                "SELECT rootpage FROM sqlite_schema WHERE name = 'secret'",
                [],
                |row| row.get(0),
            )
            .ok()?;
        let mut bytes = [0; PAGE];
        let mut file = File::open(&self.path).ok()?;
        let start = u64::from(page.checked_sub(1)?) * PAGE as u64;
        file.seek(SeekFrom::Start(start)).ok()?;
        file.read_exact(&mut bytes).ok()?;
        let marked = bytes
            .windows(SECRET_CELL.len())
            .rposition(|part| part == SECRET_CELL)
            .and_then(|at| bytes.get(at + SECRET_CELL.len()..)?.first_chunk());
        let secret = *marked.or_else(|| bytes.last_chunk::<32>())?;
        // Of what was wiped nothing is left, and nobody's secret is all of one byte.
        let [first, ..] = secret;
        secret.iter().any(|byte| *byte != first).then_some(secret)
    }

    /// One column of the receipts by their rows, read of the index number `index` alone, as far as
    /// that can be read.
    fn indexed<T: FromSql>(&self, column: &str, index: u8) -> BTreeMap<i64, T> {
        let mut found = BTreeMap::new();
        let sql = format!(
            "SELECT rowid, {column} FROM receipt INDEXED BY sqlite_autoindex_receipt_{index}
             WHERE {column} IS NOT NULL"
        );
        let Ok(mut statement) = self.connection.prepare(&sql) else {
            return found;
        };
        let Ok(mut rows) = statement.query([]) else {
            return found;
        };
        while let Ok(Some(row)) = rows.next() {
            if let (Ok(number), Ok(value)) = (row.get(0), row.get(1)) {
                found.insert(number, value);
            }
        }
        found
    }
}

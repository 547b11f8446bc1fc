extension RunSchema {
  // A job's index is not unique here: a plan position that was counted twice has to be seen, not refused.
  static let version1 = """
    CREATE TABLE run (
      id TEXT PRIMARY KEY, scenario TEXT NOT NULL, started_at INTEGER NOT NULL, partial INTEGER NOT NULL,
      info TEXT NOT NULL
    );
    CREATE TABLE job (
      "index" INTEGER NOT NULL, phase TEXT NOT NULL, recorded INTEGER NOT NULL, entry TEXT NOT NULL,
      language TEXT NOT NULL, outcome TEXT NOT NULL, job_id TEXT, state TEXT, error_type TEXT, reason TEXT,
      excerpt TEXT, http_status INTEGER, polls INTEGER NOT NULL, retries INTEGER NOT NULL, bytes INTEGER NOT NULL,
      t0 INTEGER NOT NULL, t1 INTEGER, t2 INTEGER, t3 INTEGER, t4 INTEGER, t5 INTEGER, t6 INTEGER, t7 INTEGER,
      ended_at INTEGER NOT NULL,
      s0 INTEGER, s1 INTEGER, s2 INTEGER, s3 INTEGER, s4 INTEGER, s5 INTEGER, s6 INTEGER,
      cold_start INTEGER, start TEXT, environment_id TEXT, attempt INTEGER, billed_ms INTEGER, memory_mb INTEGER,
      cpu_time_ms REAL
    );
    CREATE INDEX job_index ON job ("index");
    CREATE TABLE window (
      second INTEGER PRIMARY KEY, offered INTEGER NOT NULL, sent INTEGER NOT NULL, accepted INTEGER NOT NULL,
      completed INTEGER NOT NULL, succeeded INTEGER NOT NULL, good INTEGER NOT NULL, cold INTEGER NOT NULL,
      rejected INTEGER NOT NULL, in_flight REAL NOT NULL
    );
    CREATE TABLE threshold (position INTEGER PRIMARY KEY, text TEXT NOT NULL);
    """

  static let version2 = """
    ALTER TABLE job ADD COLUMN queued_at INTEGER;
    ALTER TABLE job ADD COLUMN started_by INTEGER;
    ALTER TABLE job ADD COLUMN peak_memory_bytes INTEGER;
    """

  static let version4 = """
    CREATE TABLE invocation (
      job INTEGER PRIMARY KEY, request_id TEXT NOT NULL, declared_billed_ms INTEGER, declared_memory_mb INTEGER,
      declared_cold INTEGER, environment TEXT, written_at INTEGER, duration_ms REAL, billed_ms INTEGER,
      memory_mb INTEGER, max_memory_mb INTEGER, init_ms REAL, status TEXT, start TEXT
    );
    """

  // Jobs are read whole and in the order in which they ended, so no index pays for itself.
  static var version3: String {
    """
    DROP INDEX job_index;
    ALTER TABLE job RENAME TO named_job;
    CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
    \(namedColumns.map {
      "INSERT OR IGNORE INTO name (text) SELECT DISTINCT \($0) FROM named_job WHERE \($0) IS NOT NULL;"
    }.joined(separator: "\n"))
    CREATE TABLE job (
      "index" INTEGER NOT NULL, phase INTEGER NOT NULL, recorded INTEGER NOT NULL, entry INTEGER NOT NULL,
      language INTEGER NOT NULL, outcome INTEGER NOT NULL, job_id TEXT, state INTEGER, error_type INTEGER,
      reason INTEGER, excerpt TEXT, http_status INTEGER, polls INTEGER NOT NULL, retries INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      t0 INTEGER NOT NULL, t1 INTEGER, t2 INTEGER, t3 INTEGER, t4 INTEGER, t5 INTEGER, t6 INTEGER, t7 INTEGER,
      ended_at INTEGER NOT NULL,
      s0 INTEGER, s1 INTEGER, s2 INTEGER, s3 INTEGER, s4 INTEGER, s5 INTEGER, s6 INTEGER,
      cold_start INTEGER, start INTEGER, environment_id INTEGER, attempt INTEGER, billed_ms INTEGER,
      memory_mb INTEGER, cpu_time_ms REAL, queued_at INTEGER, started_by INTEGER, peak_memory_bytes INTEGER
    );
    INSERT INTO job (\(jobColumns.joined(separator: ", ")))
    SELECT \(jobColumns.map { namedColumns.contains($0) ? "(SELECT id FROM name WHERE text = \($0))" : $0 }
      .joined(separator: ", "))
    FROM named_job;
    DROP TABLE named_job;
    CREATE VIEW jobs AS
    SELECT \(jobColumns.map { namedColumns.contains($0) ? "(SELECT text FROM name WHERE id = \($0)) AS \($0)" : $0 }
      .joined(separator: ", "))
    FROM job;
    CREATE TABLE histogram (
      series TEXT NOT NULL, phase TEXT NOT NULL, count INTEGER NOT NULL, unfinished INTEGER NOT NULL,
      sum INTEGER NOT NULL, minimum INTEGER NOT NULL, maximum INTEGER NOT NULL, encoded TEXT NOT NULL,
      PRIMARY KEY (series, phase)
    ) WITHOUT ROWID;
    CREATE TABLE validity_sample (
      second INTEGER PRIMARY KEY, planned INTEGER NOT NULL, sent INTEGER NOT NULL, late INTEGER NOT NULL,
      lateness_max INTEGER NOT NULL, in_flight INTEGER NOT NULL, host_idle REAL, steal REAL, ticker_lateness INTEGER
    );
    CREATE TABLE loop_sample (
      second INTEGER NOT NULL, loop INTEGER NOT NULL, cpu REAL NOT NULL, waiting REAL NOT NULL,
      PRIMARY KEY (second, loop)
    );
    ALTER TABLE threshold ADD COLUMN verdict TEXT;
    ALTER TABLE threshold ADD COLUMN measured TEXT;
    ALTER TABLE threshold ADD COLUMN sentence TEXT;
    """
  }
}

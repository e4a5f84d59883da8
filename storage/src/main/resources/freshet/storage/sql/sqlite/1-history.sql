-- Times are milliseconds since the epoch, event time.
CREATE TABLE database_id (id TEXT NOT NULL);

-- How far each topic partition was read, in the transaction that stored what was read.
CREATE TABLE position (
    stream TEXT NOT NULL,
    topic TEXT NOT NULL,
    kafka_partition INTEGER NOT NULL,
    topic_id TEXT NOT NULL,
    next_offset BIGINT NOT NULL,
    PRIMARY KEY (stream, topic, kafka_partition)
);

-- One row per stream, window and scope; last_at is the newest final seen, kept or not.
CREATE TABLE board (
    id INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    window_name TEXT NOT NULL,
    scope TEXT NOT NULL,
    last_at BIGINT NOT NULL,
    UNIQUE (stream, window_name, scope)
);

-- Kept finals; body is the value of the record of `trends`, deflated.
CREATE TABLE ranking (
    board_id INTEGER NOT NULL REFERENCES board (id),
    at BIGINT NOT NULL,
    trends INTEGER NOT NULL,
    breaking INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (board_id, at)
);

-- A trend at a kept final: all of them once a minute, those that changed state in between.
CREATE TABLE trend (
    board_id INTEGER NOT NULL REFERENCES board (id),
    tag TEXT NOT NULL,
    at BIGINT NOT NULL,
    life TEXT NOT NULL,
    place INTEGER NOT NULL,
    state TEXT NOT NULL,
    posts BIGINT NOT NULL,
    authors BIGINT NOT NULL,
    expected DOUBLE PRECISION NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (board_id, tag, at)
) WITHOUT ROWID;

CREATE INDEX trend_at ON trend (board_id, at);

CREATE TABLE tag (
    stream TEXT NOT NULL,
    tag TEXT NOT NULL,
    display TEXT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    peak_authors BIGINT NOT NULL,
    peak_window TEXT NOT NULL,
    PRIMARY KEY (stream, tag)
) WITHOUT ROWID;

-- What was taken back: kind 'post' or 'author'.
CREATE TABLE retraction (
    stream TEXT NOT NULL,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (stream, source, kind, target)
) WITHOUT ROWID;

/**
 * The processes on one database server, what only one of them does at a time, and notes of what each was about to change
 * in the files. Notes are unlogged: what the server itself lost in a crash proves nothing about files.
 */
export const processes: readonly string[] = [
  `CREATE TABLE processes (
    id uuid PRIMARY KEY,
    role text NOT NULL,
    kinds text NOT NULL,
    host text NOT NULL,
    pid integer NOT NULL,
    version text NOT NULL,
    agreement text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE leases (
    name text PRIMARY KEY,
    holder uuid NOT NULL,
    until timestamptz NOT NULL
  )`,
  `CREATE UNLOGGED TABLE change_notes (
    id uuid PRIMARY KEY,
    process_id uuid NOT NULL,
    kind text NOT NULL,
    note jsonb NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX change_notes_kind ON change_notes (kind, noted_at)`,
]

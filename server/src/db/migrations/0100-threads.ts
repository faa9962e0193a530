/** Disjoint sets of nodes, each with an order: see `docs/messages.md`. What a node stands for is kept elsewhere. */
export const threads: readonly string[] = [
  `CREATE TABLE thread_nodes (
    id text PRIMARY KEY,
    parent_id text NOT NULL,
    previous_id text,
    next_id text
  ) WITH (fillfactor = 80)`,
  `CREATE TABLE threads (
    root_id text PRIMARY KEY,
    size integer NOT NULL,
    head_id text NOT NULL,
    tail_id text NOT NULL,
    active_at timestamptz NOT NULL
  ) WITH (fillfactor = 80)`,
]

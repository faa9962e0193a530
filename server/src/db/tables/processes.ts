import type { ColumnType, Generated } from 'kysely'

type Moment = ColumnType<Date, Date | undefined, Date>

/** One row a process that serves this installation; only on a database server. */
export interface ProcessesTable {
  id: string
  role: 'all' | 'api' | 'worker'
  /** Kinds of jobs it takes, with commas; empty for none. */
  kinds: string
  host: string
  pid: number
  version: string
  /** What all processes must agree on, as a digest: the secret and where files are. */
  agreement: string
  started_at: Generated<Date>
  seen_at: Moment
}

/** Who does what only one process at a time should do, and until when. */
export interface LeasesTable {
  name: string
  holder: string
  until: Date
}

/** What a process is about to change in the files. */
export interface ChangeNotesTable {
  id: string
  process_id: string
  kind: string
  note: ColumnType<unknown, string, never>
  noted_at: Generated<Date>
}

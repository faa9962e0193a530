import type { OwnArchiveId, UserId } from '@vesalius/contracts'
import type { ColumnType } from 'kysely'

export interface OwnArchivesTable {
  id: OwnArchiveId
  user_id: UserId
  state: 'pending' | 'ready' | 'failed'
  byte_size: number | null
  created_at: ColumnType<Date, Date | undefined, Date>
}

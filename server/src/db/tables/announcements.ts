import type { AnnouncementId, UserId } from '@vesalius/contracts'
import type { ColumnType } from 'kysely'

export interface AnnouncementsTable {
  id: AnnouncementId
  english: string
  chinese: string
  tone: 'information' | 'warning'
  starts_at: ColumnType<Date, Date | string, Date | string>
  ends_at: ColumnType<Date | null, Date | string | null, Date | string | null>
  created_by: UserId | null
  created_at: ColumnType<Date, Date | undefined, Date>
}

import {
  IconRefresh,
  IconRestore,
  IconSnowflake,
  IconSnowflakeOff,
  IconTrash,
  IconTrashX,
  type TablerIcon,
} from '@tabler/icons-react'
import type { SimpleDeed } from './image-deeds.ts'

export const DEED_ICONS: Readonly<Record<SimpleDeed, TablerIcon>> = {
  prelabel: IconRefresh,
  freeze: IconSnowflake,
  unfreeze: IconSnowflakeOff,
  delete: IconTrash,
  restore: IconRestore,
  purge: IconTrashX,
}

import { AppError } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { Subject } from './subjects.ts'

/** About an article: until there are articles, nobody finds one. */
export const articleSubject: Subject = {
  async require() {
    throw new AppError('NOT_FOUND', 'There is no such article, or you may not see it.')
  },
  readers: async () => [],
  listeners: async () => [],
}

/** Names of articles by id. */
export const articleNames = async (_db: Db, _ids: readonly string[]): Promise<Map<string, string>> => new Map()

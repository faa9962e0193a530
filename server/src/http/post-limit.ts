import type { Db } from '../db/database.ts'
import { AttemptLimit } from './attempt-limit.ts'

/** More than anybody writes, in ten minutes. */
export const MOST_POSTS = 300

/** What one account says to others: messages, remarks, articles, and changes of messages, all counted together. */
export const limitPosts = (db: Db): AttemptLimit =>
  new AttemptLimit(db, 'posts', { limit: MOST_POSTS, windowMs: 10 * 60_000 })

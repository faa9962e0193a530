import { AppError, type TopicId, type UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { Subject } from './subjects.ts'

/** Between people: nobody else reads it, administrators neither. */
export const peopleSubject: Subject = {
  async require(db, user, topic) {
    const [found] = await findPeople(db, topic.id, [user.id])
    if (!found) throw new AppError('NOT_FOUND', 'There is no such message, or you may not see it.')
  },
  readers: (db, topic, candidates) => findPeople(db, topic.id, candidates),
  listeners: (db, topic) => findPeople(db, topic.id),
}

async function findPeople(db: Db, topicId: TopicId, among?: readonly UserId[]): Promise<UserId[]> {
  if (among?.length === 0) return []
  let query = db.selectFrom('message_topic_people').select('user_id').where('topic_id', '=', topicId)
  if (among) query = query.where('user_id', 'in', among)
  return (await query.execute()).map((row) => row.user_id)
}

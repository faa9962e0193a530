import type { UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import { requireInOrganisation } from '../projects/access.ts'
import type { Subject, TopicRow } from './subjects.ts'

/** In an organisation: its members read and write, whatever their role. */
export const organisationSubject: Subject = {
  async require(_db, user, topic) {
    if (topic.organisation_id) requireInOrganisation(user, topic.organisation_id, 'view')
  },
  readers: (db, topic, candidates) => findMemberIds(db, topic, candidates),
  listeners: (db, topic) => findMemberIds(db, topic),
}

async function findMemberIds(db: Db, topic: TopicRow, among?: readonly UserId[]): Promise<UserId[]> {
  if (among?.length === 0) return []
  let query = db
    .selectFrom('organisation_members')
    .select('user_id')
    .where('organisation_id', '=', topic.organisation_id)
  if (among) query = query.where('user_id', 'in', among)
  return (await query.execute()).map((row) => row.user_id)
}

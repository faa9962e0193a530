import { AppError, type TopicKind, type UserId } from '@vesalius/contracts'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { MessageTopicsTable } from '../../db/tables/messages.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { articleSubject } from './article-subject.ts'
import { imageSubject } from './image-subject.ts'
import { organisationSubject } from './organisation-subject.ts'
import { peopleSubject } from './people-subject.ts'

export type TopicRow = Selectable<MessageTopicsTable>

/** What messages can be about. Who may read and write there is decided by the subject alone. */
export interface Subject {
  /** Throws NOT_FOUND, or FORBIDDEN for somebody who reads but may not write. */
  require(db: Db, user: SignedIn, topic: TopicRow, right: 'read' | 'write'): Promise<void>
  /** Those of `candidates` who may read it. */
  readers(db: Db, topic: TopicRow, candidates: readonly UserId[]): Promise<UserId[]>
  /** Whom each message about it reaches, beside those who take part in the thread. */
  listeners(db: Db, topic: TopicRow): Promise<UserId[]>
}

const SUBJECTS: Readonly<Record<TopicKind, Subject>> = {
  people: peopleSubject,
  organisation: organisationSubject,
  image: imageSubject,
  article: articleSubject,
}

export const subjectOf = ({ kind }: Pick<TopicRow, 'kind'>): Subject => SUBJECTS[kind]

export async function mayRead(db: Db, user: SignedIn, topic: TopicRow): Promise<boolean> {
  try {
    await subjectOf(topic).require(db, user, topic, 'read')
    return true
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** `mayRead` that looks at each topic once: for one answer, not for longer. */
export function rememberReading(db: Db, user: SignedIn): (topic: TopicRow) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>()
  return (topic) => {
    const key = topic.organisation_id ?? topic.image_id ?? topic.article_id ?? topic.id
    const answer = known.get(key) ?? mayRead(db, user, topic)
    known.set(key, answer)
    return answer
  }
}

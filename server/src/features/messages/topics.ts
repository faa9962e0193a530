import type { MessageId, MessageTarget, OrganisationId, Topic, TopicId, UserId } from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Db } from '../../db/database.ts'
import { json } from '../../db/json.ts'
import type { Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { nameOf, requirePerson } from '../people/people.queries.ts'
import { articleNames } from './article-subject.ts'
import { subjectOf, type TopicRow } from './subjects.ts'

/** Throws NOT_FOUND or FORBIDDEN where the person may not write about it. */
export async function insertTopic(
  trx: Transaction<Tables>,
  user: SignedIn,
  target: MessageTarget,
  firstId: MessageId,
): Promise<TopicRow> {
  const topic: TopicRow = {
    id: newId<TopicId>(),
    kind: target.kind,
    organisation_id: target.kind === 'organisation' ? target.organisationId : null,
    image_id: target.kind === 'image' ? target.imageId : null,
    article_id: target.kind === 'article' ? target.articleId : null,
    place: target.kind === 'image' ? target.place : null,
    first_id: firstId,
    created_at: new Date(),
  }
  if (target.kind !== 'people') await subjectOf(topic).require(trx, user, topic, 'write')
  await trx
    .insertInto('message_topics')
    .values({ ...topic, place: topic.place && json(topic.place) })
    .execute()
  if (target.kind === 'people') await insertPeople(trx, topic.id, [user.id, ...target.userIds])
  return topic
}

async function insertPeople(trx: Transaction<Tables>, topicId: TopicId, ids: readonly UserId[]): Promise<void> {
  const people = [...new Set(ids)]
  for (const id of people) await requirePerson(trx, id)
  await trx
    .insertInto('message_topic_people')
    .values(people.map((id) => ({ topic_id: topicId, user_id: id })))
    .execute()
}

export async function findTopics(db: Db, ids: readonly TopicId[]): Promise<Map<TopicId, TopicRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('message_topics')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Topics with the names of what they are about; what has no name any more is missing. */
export async function presentTopics(db: Db, rows: readonly TopicRow[]): Promise<Map<TopicId, Topic>> {
  const people = await peopleOf(db, rows)
  const organisations = await organisationNames(db, rows.map((row) => row.organisation_id).filter(isGiven))
  const articles = await articleNames(db, rows.map((row) => row.article_id).filter(isGiven))
  const imageIds = rows.map((row) => row.image_id).filter(isGiven)
  const images =
    imageIds.length === 0
      ? []
      : await db.selectFrom('images').select(['id', 'project_id', 'name']).where('id', 'in', imageIds).execute()
  const present = (row: TopicRow): Topic | null => {
    const { id, kind } = row
    switch (kind) {
      case 'people':
        return { kind, id, people: people.get(id) ?? [] }
      case 'organisation': {
        const name = organisations.get(row.organisation_id ?? '')
        return row.organisation_id && name !== undefined
          ? { kind, id, organisationId: row.organisation_id, name }
          : null
      }
      case 'image': {
        const image = images.find((each) => each.id === row.image_id)
        return image
          ? { kind, id, imageId: image.id, projectId: image.project_id, name: image.name, place: row.place }
          : null
      }
      case 'article': {
        const name = articles.get(row.article_id ?? '')
        return row.article_id && name !== undefined ? { kind, id, articleId: row.article_id, name } : null
      }
    }
  }
  return new Map(
    rows.flatMap((row) => {
      const topic = present(row)
      return topic ? [[row.id, topic] as const] : []
    }),
  )
}

async function peopleOf(db: Db, rows: readonly TopicRow[]) {
  const ids = rows.filter(({ kind }) => kind === 'people').map(({ id }) => id)
  const found = new Map<TopicId, { id: UserId; username: string }[]>()
  if (ids.length === 0) return found
  const members = await db.selectFrom('message_topic_people').selectAll().where('topic_id', 'in', ids).execute()
  const names = await nameOf(db, [...new Set(members.map((row) => row.user_id))])
  for (const { topic_id: topicId, user_id: id } of members) {
    const username = names.get(id)
    if (username) found.set(topicId, [...(found.get(topicId) ?? []), { id, username }])
  }
  return found
}

async function organisationNames(db: Db, ids: readonly OrganisationId[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('organisations').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const isGiven = <Value>(value: Value | null): value is Value => value !== null

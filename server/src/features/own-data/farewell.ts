import { AppError, type Farewell, type OrganisationRole, type UserId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'

/** What would happen to what this person has if their account went. */
export async function lookAhead(db: Db, userId: UserId): Promise<Farewell> {
  const { rows } = await sql<Pick<Farewell, 'projects' | 'images' | 'bytes' | 'models' | 'peopleSharedWith'>>`
    WITH own AS (SELECT id FROM projects WHERE owner_id = ${userId} AND organisation_id IS NULL)
    SELECT (SELECT count(*) FROM own) AS projects,
      (SELECT count(*) FROM images JOIN own ON own.id = project_id) AS images,
      (SELECT coalesce(sum(byte_size), 0)::bigint FROM images JOIN own ON own.id = project_id) AS bytes,
      (SELECT count(*) FROM model_versions JOIN own ON own.id = project_id) AS models,
      (SELECT count(DISTINCT user_id) FROM shared_images JOIN own ON own.id = project_id) AS "peopleSharedWith"
  `.execute(db)
  const { rows: elsewhere } = await sql<Pick<Farewell, 'annotatedElsewhere' | 'uploadedElsewhere'>>`
    SELECT count(*) FILTER (WHERE i.annotated_by = ${userId}) AS "annotatedElsewhere",
      count(*) FILTER (WHERE i.owner_id = ${userId}) AS "uploadedElsewhere"
    FROM images i JOIN projects p ON p.id = i.project_id
    WHERE (i.annotated_by = ${userId} OR i.owner_id = ${userId})
      AND (p.organisation_id IS NOT NULL OR p.owner_id <> ${userId})`.execute(db)
  const { rows: organisations } = await sql<Farewell['organisations'][number] & { role: OrganisationRole }>`
    SELECT o.id, o.name, m.role, m.role = 'owner' AND NOT EXISTS (
      SELECT FROM organisation_members other
      WHERE other.organisation_id = o.id AND other.role = 'owner' AND other.user_id <> ${userId}) AS "isLastOwner"
    FROM organisation_members m JOIN organisations o ON o.id = m.organisation_id
    WHERE m.user_id = ${userId} ORDER BY o.name, o.id`.execute(db)
  const isLastAdministrator = await isAlone(db, userId)
  const [own, others] = [rows[0], elsewhere[0]]
  if (!own || !others) throw new Error('a count has no row')
  const obstacle = organisations.some((each) => each.isLastOwner)
    ? 'LAST_OWNER'
    : isLastAdministrator
      ? 'LAST_ADMINISTRATOR'
      : null
  return { ...own, ...others, organisations, isLastAdministrator, obstacle }
}

/** Throws LAST_OWNER or LAST_ADMINISTRATOR where nobody would be left to decide. */
export function refuseObstacle({ obstacle }: Farewell): void {
  if (obstacle === 'LAST_OWNER') {
    throw new AppError('LAST_OWNER', 'Make somebody else an owner of your organisations first, or end them.')
  }
  if (obstacle) throw new AppError('LAST_ADMINISTRATOR', 'Make somebody else an administrator first.')
}

async function isAlone(db: Db, userId: UserId): Promise<boolean> {
  const administrators = await db
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'administrator')
    .where('frozenAt', 'is', null)
    .limit(2)
    .execute()
  return administrators.length === 1 && administrators[0]?.id === userId
}

import type { ProjectId } from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ImageRow, ProjectRow } from '../../db/tables.ts'
import { decideGroups, type Group } from './hold-out.ts'

const ROWS_AT_ONCE = 1000
/** The oldest: figures of versions stay comparable, and judging one stays a matter of minutes. */
const MOST_JUDGED = 10_000

/** Groups kept from training, by their keys. */
export async function findHeldOutGroups(db: Db, projectId: ProjectId): Promise<Set<string>> {
  const decided = await findDecided(db, projectId)
  return new Set([...decided].filter(([, isHeldOut]) => isHeldOut).map(([key]) => key))
}

/** Decides about groups that are new among what a training could take, then names those kept from it. */
export async function holdOut(
  db: Db,
  projectId: ProjectId,
  images: readonly { group: string; classes: readonly number[] }[],
): Promise<Set<string>> {
  const decisions = [...decideGroups(gather(images), await findDecided(db, projectId))]
  for (let at = 0; at < decisions.length; at += ROWS_AT_ONCE) {
    const rows = decisions.slice(at, at + ROWS_AT_ONCE)
    await db
      .insertInto('held_out_groups')
      .values(rows.map(([key, isHeldOut]) => ({ project_id: projectId, group_key: key, is_held_out: isHeldOut })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return findHeldOutGroups(db, projectId)
}

/** Annotated images of the held-out groups, by id, the first 10,000; where review is required, those a reviewer accepted. */
export async function findHeldOutImages(db: Db, project: Pick<ProjectRow, 'id' | 'review_mode'>): Promise<ImageRow[]> {
  return db
    .selectFrom('images')
    .innerJoin('held_out_groups', (join) =>
      join
        .onRef('held_out_groups.project_id', '=', 'images.project_id')
        .on(sql<boolean>`held_out_groups.group_key = coalesce(images.group_key, images.content_hash)`),
    )
    .selectAll('images')
    .where('images.project_id', '=', project.id)
    .where('is_held_out', '=', true)
    .where('annotated_at', 'is not', null)
    .where('state', '<>', 'DELETED')
    .$if(project.review_mode === 'required', (query) => query.where('review', '=', 'accepted'))
    .orderBy('images.id')
    .limit(MOST_JUDGED)
    .execute()
}

async function findDecided(db: Db, projectId: ProjectId): Promise<Map<string, boolean>> {
  const rows = await db
    .selectFrom('held_out_groups')
    .select(['group_key', 'is_held_out'])
    .where('project_id', '=', projectId)
    .execute()
  return new Map(rows.map((row) => [row.group_key, row.is_held_out]))
}

function gather(images: readonly { group: string; classes: readonly number[] }[]): Group[] {
  const groups = new Map<string, { images: number; classes: Set<number> }>()
  for (const { group, classes } of images) {
    const known = groups.get(group) ?? { images: 0, classes: new Set<number>() }
    known.images += 1
    for (const place of classes) known.classes.add(place)
    groups.set(group, known)
  }
  return [...groups].map(([key, { images, classes }]) => ({ key, images, classes: [...classes] }))
}

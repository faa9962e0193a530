import type { ProjectId, ServerEvent } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ProjectRow } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { mayReview } from '../projects/access.ts'
import { isVeiled, veilImages } from '../readings/veil.ts'

type Project = Pick<ProjectRow, 'id' | 'owner_id' | 'organisation_id'>

/**
 * What of an event a person may hear who reads images for themselves: images with their own label, nothing of what others
 * submitted or decided. Whether they read in a project is remembered until the project changes, as it does with a study.
 */
export function eventVeil(
  db: Db,
  user: SignedIn,
): (projectId: ProjectId, event: ServerEvent) => Promise<ServerEvent | null> {
  const known = new Map<ProjectId, Promise<Project | null>>()
  return async (projectId, event) => {
    if (event.kind === 'project') known.delete(projectId)
    if (!isVeilable(event)) return event
    const reading = known.get(projectId) ?? findReadProject(db, user, projectId)
    known.set(projectId, reading)
    const project = await reading
    if (!project) return event
    if (event.kind === 'image') {
      const [image] = await veilImages(db, user, project, [event.image])
      return image ? { kind: 'image', image } : null
    }
    return (await isVeiled(db, user, project, { imageId: event.imageId, what: 'label' })) ? null : event
  }
}

type Veilable = Extract<ServerEvent, { kind: 'image' | 'submitted' | 'reviewed' | 'discussion' }>

const isVeilable = (event: ServerEvent): event is Veilable =>
  ['image', 'submitted', 'reviewed', 'discussion'].includes(event.kind)

/** The project, where the person has anything to read for themselves in it. */
async function findReadProject(db: Db, user: SignedIn, projectId: ProjectId): Promise<Project | null> {
  const project = await db
    .selectFrom('projects')
    .select(['id', 'owner_id', 'organisation_id'])
    .where('id', '=', projectId)
    .executeTakeFirst()
  if (!project) return null
  const reading = await db
    .selectFrom('readings')
    .select('id')
    .where('reader_id', '=', user.id)
    .where('project_id', '=', projectId)
    .limit(1)
    .executeTakeFirst()
  if (reading) return project
  if (mayReview(user, project)) return null
  const gold = await db
    .selectFrom('gold_labels')
    .select('image_id')
    .where('project_id', '=', projectId)
    .limit(1)
    .executeTakeFirst()
  return gold ? project : null
}

import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { refuseUnchangeable, requireImage } from '../images/require-image.ts'
import { matchesRevision } from '../labels/revision-tag.ts'
import { requireProject, requireProjectView } from '../projects/access.ts'
import { refuseReader, requireStudy } from '../readings/studies.service.ts'
import { adjudicate, listReadings } from './adjudicate.ts'
import { readAgreement } from './agreement.service.ts'
import { endGold, listGold, makeGold, ownScore } from './gold.ts'

export function registerAgreementRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'storage' | 'events'>,
): void {
  const { db } = context

  registerRoute(app, routes.getAgreement, async ({ user, params }) => {
    const { study, project } = await requireStudy(db, user, params.studyId, 'review')
    await refuseReader(db, user, study)
    return readAgreement(db, project, study)
  })

  registerRoute(app, routes.listReadings, async ({ user, params }) => {
    await requireImage(db, user, params.imageId, 'review')
    const { study, project } = await requireStudy(db, user, params.studyId, 'review')
    await refuseReader(db, user, study)
    return listReadings(db, user, { study, project, imageId: params.imageId })
  })

  registerRoute(app, routes.adjudicate, async ({ user, params, body, request }) => {
    const { image } = await requireImage(db, user, params.imageId, 'review')
    refuseUnchangeable(image)
    const { study } = await requireStudy(db, user, params.studyId, 'review')
    await refuseReader(db, user, study)
    const ifMatch = request.headers['if-match']
    const isCurrent = (revision: number, scheme?: number) => matchesRevision(ifMatch, revision, scheme)
    return adjudicate(context, user, { study, imageId: params.imageId, ...body, note: body.note, isCurrent })
  })

  registerRoute(app, routes.makeGold, async ({ user, params }) =>
    makeGold(context, user, await requireImage(db, user, params.imageId, 'manage')),
  )

  registerRoute(app, routes.endGold, async ({ user, params }) => {
    const { image, project } = await requireImage(db, user, params.imageId, 'manage')
    refuseUnchangeable(image)
    await endGold(context, project, params.imageId)
    return null
  })

  registerRoute(app, routes.listGold, async ({ user, params }) =>
    listGold(db, await requireProject(db, user, params.projectId, 'review')),
  )

  registerRoute(app, routes.getGoldScore, async ({ user, params }) => {
    const { project } = await requireProjectView(db, user, params.projectId)
    return { score: await ownScore(db, project, user) }
  })
}

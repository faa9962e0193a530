import { routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { requireInOrganisation } from '../projects/access.ts'
import {
  acceptInvitation,
  createInvitation,
  deleteInvitation,
  listInvitations,
  readInvitation,
} from './invitations.service.ts'
import { changeMember, removeMember } from './members.service.ts'
import { findPlaces } from './memberships.ts'
import { findHoldings, findMembers, findOrganisations } from './organisations.queries.ts'
import {
  changeOrganisation,
  createOrganisation,
  deleteOrganisation,
  presentOrganisation,
} from './organisations.service.ts'

export function registerOrganisationRoutes(
  app: FastifyInstance,
  context: Pick<Context, 'db' | 'events' | 'config' | 'jobs'>,
): void {
  const { db } = context

  registerRoute(app, routes.createOrganisation, async ({ user, body }) => createOrganisation(db, user, body.name))

  registerRoute(app, routes.listOrganisations, async ({ user }) => ({
    items: await findOrganisations(db, [...user.memberships.keys()], user.memberships),
  }))

  registerRoute(app, routes.getOrganisation, async ({ user, params }) => {
    requireInOrganisation(user, params.organisationId, 'view')
    return presentOrganisation(db, user, params.organisationId)
  })

  registerRoute(app, routes.updateOrganisation, async ({ user, params, body }) => {
    requireInOrganisation(user, params.organisationId, 'manage')
    return changeOrganisation(db, user, params.organisationId, body)
  })

  registerRoute(app, routes.putQuota, async ({ user, params, body }) =>
    changeOrganisation(db, user, params.organisationId, { quota: body }),
  )

  registerRoute(app, routes.getHoldings, async ({ user, params }) => {
    requireInOrganisation(user, params.organisationId, 'manage')
    return findHoldings(db, params.organisationId)
  })

  registerRoute(app, routes.deleteOrganisation, async ({ user, params, body }) => {
    requireInOrganisation(user, params.organisationId, 'own')
    await deleteOrganisation(context, user, params.organisationId, body.projects)
    return null
  })

  registerRoute(app, routes.listMembers, async ({ user, params }) => {
    requireInOrganisation(user, params.organisationId, 'view')
    return { items: await findMembers(db, params.organisationId) }
  })

  registerRoute(app, routes.changeMember, async ({ user, params, body }) => {
    requireInOrganisation(user, params.organisationId, 'manage')
    return changeMember(context, user, { ...params, ...body })
  })

  registerRoute(app, routes.removeMember, async ({ user, params }) => {
    requireInOrganisation(user, params.organisationId, 'manage')
    await removeMember(context, user, params)
    return null
  })

  registerRoute(app, routes.leaveOrganisation, async ({ user, params }) => {
    requireInOrganisation(user, params.organisationId, 'view')
    await removeMember(context, user, { ...params, userId: user.id })
    return null
  })

  registerRoute(app, routes.createInvitation, async ({ user, params, body }) => {
    requireInOrganisation(user, params.organisationId, 'manage')
    return createInvitation(context, user, { ...params, ...body })
  })

  registerRoute(app, routes.listInvitations, async ({ user, params }) => {
    requireInOrganisation(user, params.organisationId, 'manage')
    return { items: await listInvitations(db, params.organisationId) }
  })

  registerRoute(app, routes.deleteInvitation, async ({ user, params }) => {
    requireInOrganisation(user, params.organisationId, 'manage')
    await deleteInvitation(db, params)
    return null
  })

  registerRoute(app, routes.readInvitation, async ({ params }) => readInvitation(db, params.invitationToken))

  registerRoute(app, routes.acceptInvitation, async ({ user, params }) => {
    const id = await acceptInvitation(context, user, params.invitationToken)
    return presentOrganisation(db, { ...user, ...(await findPlaces(db, user.id)) }, id)
  })
}

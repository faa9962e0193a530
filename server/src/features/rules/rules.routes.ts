import { AppError, routes } from '@vesalius/contracts'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { registerRoute } from '../../http/register-route.ts'
import { resetSecondFactor, setAccountQuota } from '../administration/accounts.service.ts'
import { listWithUsage, presentOrganisation } from '../organisations/organisations.service.ts'
import { requireInOrganisation } from '../projects/access.ts'
import { countActiveRuns, countBytes, findLimits } from '../quotas/quota.ts'
import { findRules, putDefaultQuotas, putOrganisationRule, putSecondFactorRule } from './rules.service.ts'

/** Rules for everybody, and what each may use. */
export function registerRuleRoutes(app: FastifyInstance, { db }: Pick<Context, 'db'>): void {
  registerRoute(app, routes.getRules, async () => findRules(db))

  registerRoute(app, routes.putSecondFactorRule, async ({ body }) => putSecondFactorRule(db, body.graceDays))

  registerRoute(app, routes.putDefaultQuotas, async ({ body }) => putDefaultQuotas(db, body))

  registerRoute(app, routes.putAccountQuota, async ({ params, body }) => setAccountQuota(db, params.userId, body))

  registerRoute(app, routes.resetSecondFactor, async ({ user, params }) => {
    if (params.userId === user.id)
      throw new AppError('CONFLICT', 'Ask another administrator: this is your own account.')
    await resetSecondFactor(db, params.userId)
    return null
  })

  registerRoute(app, routes.putOrganisationSecondFactor, async ({ user, params, body }) => {
    requireInOrganisation(user, params.organisationId, 'manage')
    await putOrganisationRule(db, params.organisationId, body.graceDays)
    return presentOrganisation(db, user, params.organisationId)
  })

  registerRoute(app, routes.listOrganisationsOfAll, async ({ user, query }) => ({
    items: await listWithUsage(db, user, query.search),
  }))

  registerRoute(app, routes.getOwnUsage, async ({ user }) => {
    const holder = { userId: user.id }
    return {
      storageBytes: await countBytes(db, holder),
      activeRuns: await countActiveRuns(db, holder),
      limits: await findLimits(db, holder),
    }
  })
}

import { type OrganisationId, OrganisationRole, type UserId } from '@vesalius/contracts'
import type { Db } from '../../db/database.ts'
import type { ProviderSettings } from './provider-settings.ts'

/**
 * Brings the memberships that a service's groups give in line with the groups of now: the highest role counts, and who
 * left a group loses what it gave. What people gave is never touched.
 */
export async function applyGroupRoles(
  trx: Db,
  userId: UserId,
  { id, groupRoles }: Pick<ProviderSettings, 'id' | 'groupRoles'>,
  groups: readonly string[],
): Promise<void> {
  if (groupRoles.length === 0) return
  const given = new Map<OrganisationId, OrganisationRole>()
  for (const { group, organisationId, role } of groupRoles) {
    if (!groups.includes(group)) continue
    const other = given.get(organisationId)
    if (!other || rank(role) < rank(other)) given.set(organisationId, role)
  }
  await trx
    .deleteFrom('organisation_members')
    .where('user_id', '=', userId)
    .where('granted_by', '=', id)
    .$if(given.size > 0, (query) => query.where('organisation_id', 'not in', [...given.keys()]))
    .execute()
  const organisations = given.size
    ? await trx
        .selectFrom('organisations')
        .select('id')
        .where('id', 'in', [...given.keys()])
        .execute()
    : []
  for (const { id: organisation_id } of organisations) {
    const role = given.get(organisation_id)
    if (!role) continue
    await trx
      .insertInto('organisation_members')
      .values({ organisation_id, user_id: userId, role, granted_by: id })
      .onConflict((conflict) =>
        conflict
          .columns(['organisation_id', 'user_id'])
          .doUpdateSet({ role })
          .where('organisation_members.granted_by', '=', id)
          .where('organisation_members.role', '<>', role),
      )
      .execute()
  }
}

/** 0 for the highest. */
const rank = (role: OrganisationRole) => OrganisationRole.options.indexOf(role)

import {
  AppError,
  type Member,
  mayGrant,
  type OrganisationId,
  type OrganisationRole,
  type UserId,
} from '@vesalius/contracts'
import type { Transaction } from 'kysely'
import type { Context } from '../../context.ts'
import type { Tables } from '../../db/tables.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { findMembers, lockMembers } from './organisations.queries.ts'
import { publishProjects } from './organisations.service.ts'

type Parts = Pick<Context, 'db' | 'events'>

interface Place {
  organisationId: OrganisationId
  userId: UserId
}

export async function changeMember(
  parts: Parts,
  user: SignedIn,
  { role, ...place }: Place & { role: OrganisationRole },
): Promise<Member> {
  await changePlace(parts, user, place, role)
  const member = (await findMembers(parts.db, place.organisationId)).find(({ id }) => id === place.userId)
  if (!member) throw noMember()
  return member
}

/** Somebody else, or oneself. What they made stays. */
export async function removeMember(parts: Parts, user: SignedIn, place: Place): Promise<void> {
  await changePlace(parts, user, place, null)
}

/** Throws FORBIDDEN for a role above one's own, LAST_OWNER when nobody would be left to decide. */
async function changePlace(
  { db, events }: Parts,
  user: SignedIn,
  { organisationId, userId }: Place,
  role: OrganisationRole | null,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const members = await lockMembers(trx, organisationId)
    const before = members.get(userId)
    if (!before) throw noMember()
    const own = user.role === 'administrator' ? 'owner' : members.get(user.id)
    const mayChange = own && mayGrant(own, before) && (role === null || mayGrant(own, role))
    if (!mayChange && !(role === null && userId === user.id)) {
      throw new AppError('FORBIDDEN', 'Only an owner gives or takes the role of an owner.')
    }
    const owners = [...members.values()].filter((each) => each === 'owner').length
    if (before === 'owner' && role !== 'owner' && owners === 1) {
      throw new AppError('LAST_OWNER', 'This is the last owner. Make somebody else an owner first.')
    }
    await setRole(trx, { organisationId, userId }, role)
  })
  publishProjects(
    events,
    await db.selectFrom('projects').select('id').where('organisation_id', '=', organisationId).execute(),
  )
}

async function setRole(trx: Transaction<Tables>, { organisationId, userId }: Place, role: OrganisationRole | null) {
  if (role) {
    await trx
      .updateTable('organisation_members')
      .set({ role })
      .where('organisation_id', '=', organisationId)
      .where('user_id', '=', userId)
      .execute()
  } else {
    await trx
      .deleteFrom('organisation_members')
      .where('organisation_id', '=', organisationId)
      .where('user_id', '=', userId)
      .execute()
  }
}

function noMember(): AppError {
  return new AppError('NOT_FOUND', 'They are no member of this organisation.')
}

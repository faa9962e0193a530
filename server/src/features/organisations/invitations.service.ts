import { randomBytes } from 'node:crypto'
import {
  AppError,
  type Invitation,
  type InvitationId,
  mayGrant,
  type OrganisationId,
  type OrganisationRole,
} from '@vesalius/contracts'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/database.ts'
import type { SignedIn } from '../../http/route-call.ts'
import { newId } from '../../ids.ts'
import { hashSecret } from '../accounts/hash-secret.ts'
import { linkTo } from '../accounts/recovery.ts'
import { type Letter, postMail } from '../mail/mail.ts'
import { publishProjects } from './organisations.service.ts'

const DAY = 86_400_000
const MAXIMUM_OPEN = 500

/** Makes an invitation for one use; only the SHA-256 of its secret is kept. */
export async function createInvitation(
  { db, config, jobs }: Pick<Context, 'db' | 'config' | 'jobs'>,
  user: SignedIn,
  asked: { organisationId: OrganisationId; role: OrganisationRole; email: string | null; expiresInDays: number },
): Promise<{ invitation: Invitation; link: string }> {
  const own = user.role === 'administrator' ? 'owner' : user.memberships.get(asked.organisationId)
  if (!own || !mayGrant(own, asked.role)) throw new AppError('FORBIDDEN', 'Only an owner invites owners.')
  const open = await listInvitations(db, asked.organisationId)
  if (open.length >= MAXIMUM_OPEN) throw new AppError('CONFLICT', `At most ${MAXIMUM_OPEN} invitations are open.`)
  const id = newId<InvitationId>()
  const secret = randomBytes(32).toString('base64url')
  const email = asked.email?.toLowerCase() ?? null
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('organisation_invitations')
      .values({
        id,
        organisation_id: asked.organisationId,
        email,
        role: asked.role,
        secret_hash: hashSecret(secret),
        invited_by: user.id,
        expires_at: new Date(Date.now() + asked.expiresInDays * DAY),
      })
      .execute()
    if (email) {
      const invited = await readInvitation(trx, secret)
      await postMail(trx, jobs, letterOf(invited, { to: email, link: linkTo({ config }, 'invitation', secret) }))
    }
  })
  const invitation = (await listInvitations(db, asked.organisationId)).find((each) => each.id === id)
  if (!invitation) throw new Error('an invitation just made is missing')
  // The secret is in the fragment: it reaches no server's log and no Referer header.
  return { invitation, link: `${config.publicUrl?.replace(/\/$/, '') ?? ''}/invitation#${secret}` }
}

function letterOf(
  { organisation, invitedBy }: { organisation: string; invitedBy: string },
  { to, link }: { to: string; link: string },
): Letter {
  return {
    to,
    subject: 'Vesalius: an invitation · 邀请',
    text: [
      `${invitedBy} invites you to the organisation "${organisation}". Open this link to see and accept the invitation:`,
      link,
      'Sign in or register with this mail address. If you do not expect this, there is nothing to do.',
      `${invitedBy} 邀请您加入组织“${organisation}”。请打开上面的链接查看并接受邀请，并使用此邮箱登录或注册；如果您不知情，请忽略此邮件。`,
    ].join('\n\n'),
  }
}

export async function listInvitations(db: Db, organisationId: OrganisationId): Promise<Invitation[]> {
  const rows = await open(db)
    .where('organisation_id', '=', organisationId)
    .select(['organisation_invitations.id', 'organisation_invitations.email', 'organisation_invitations.role'])
    .select(['organisation_invitations.created_at', 'expires_at', 'users.username', 'users.name'])
    .orderBy('organisation_invitations.created_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    role: row.role,
    invitedBy: row.username ?? row.name,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }))
}

export async function deleteInvitation(
  db: Db,
  { organisationId, invitationId }: { organisationId: OrganisationId; invitationId: InvitationId },
): Promise<void> {
  const removed = await db
    .deleteFrom('organisation_invitations')
    .where('id', '=', invitationId)
    .where('organisation_id', '=', organisationId)
    .returning('id')
    .executeTakeFirst()
  if (!removed) throw noInvitation()
}

export async function readInvitation(db: Db, secret: string) {
  const row = await open(db)
    .innerJoin('organisations', 'organisations.id', 'organisation_invitations.organisation_id')
    .where('secret_hash', '=', hashSecret(secret))
    .select(['organisations.name as organisation', 'organisation_invitations.role', 'organisation_invitations.email'])
    .select(['users.username', 'users.name'])
    .executeTakeFirst()
  if (!row) throw noInvitation()
  const { organisation, role, email, username, name } = row
  return { organisation, role, invitedBy: username ?? name, isForOneAddress: email !== null }
}

/** Uses the invitation up. Whoever is a member already keeps their role. */
export async function acceptInvitation(
  { db, events }: Pick<Context, 'db' | 'events'>,
  user: SignedIn,
  secret: string,
): Promise<OrganisationId> {
  const organisationId = await db.transaction().execute(async (trx) => {
    const person = await trx.selectFrom('users').select('email').where('id', '=', user.id).executeTakeFirstOrThrow()
    const used = await trx
      .deleteFrom('organisation_invitations')
      .where('secret_hash', '=', hashSecret(secret))
      .where('expires_at', '>', sql<Date>`now()`)
      .where((where) => where.or([where('email', 'is', null), where('email', '=', person.email.toLowerCase())]))
      .returning(['organisation_id', 'role'])
      .executeTakeFirst()
    if (!used) throw noInvitation()
    await trx
      .insertInto('organisation_members')
      .values({ organisation_id: used.organisation_id, user_id: user.id, role: used.role })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return used.organisation_id
  })
  const held = await db.selectFrom('projects').select('id').where('organisation_id', '=', organisationId).execute()
  publishProjects(events, held)
  return organisationId
}

function open(db: Db) {
  return db
    .selectFrom('organisation_invitations')
    .innerJoin('users', 'users.id', 'organisation_invitations.invited_by')
    .where('expires_at', '>', sql<Date>`now()`)
}

function noInvitation(): AppError {
  return new AppError('NOT_FOUND', 'There is no such invitation: it was used, taken back, ran out, or is for another.')
}

import { z } from 'zod'
import type { Route } from './route.ts'

/**
 * What a person may do with a thing (a project and all it holds, or an organisation), from least to most:
 * `see` what was shared of it, `view` all of it, `annotate`, `review`, `manage` (files, classes, models, members) and
 * `own` (end it, give it away).
 */
export const RIGHTS = ['see', 'view', 'annotate', 'review', 'manage', 'own'] as const
export type Right = (typeof RIGHTS)[number]

export const OrganisationRole = z.enum(['owner', 'admin', 'reviewer', 'annotator', 'viewer']).meta({
  id: 'OrganisationRole',
})
export type OrganisationRole = z.infer<typeof OrganisationRole>

/** A role in the organisation that owns a project, `owner` of one's own; `editor`: images of it were shared. */
export const Access = z.enum([...OrganisationRole.options, 'editor']).meta({ id: 'Access' })
export type Access = z.infer<typeof Access>

const HIGHEST: Readonly<Record<Access, Right>> = {
  owner: 'own',
  admin: 'manage',
  reviewer: 'review',
  annotator: 'annotate',
  viewer: 'view',
  editor: 'see',
}

/** Whether a role holds a right; each right holds the lesser ones. */
export function holdsRight(role: Access, right: Right): boolean {
  return RIGHTS.indexOf(right) <= RIGHTS.indexOf(HIGHEST[role])
}

/** On an image that was shared, an editor sees all there is and labels it. */
export function holdsRightOnImage(role: Access, right: Right): boolean {
  return holdsRight(role === 'editor' ? 'annotator' : role, right)
}

/** Whether somebody of this role may give or take the other role: at most their own, and `admin` from `admin` on. */
export function mayGrant(role: OrganisationRole, granted: OrganisationRole): boolean {
  return role === 'owner' || (role === 'admin' && granted !== 'owner')
}

export type RouteAccess =
  | 'none'
  | 'user'
  | 'mine'
  | 'holder'
  | 'party'
  | 'session'
  | 'administrator'
  | 'worker'
  | 'signed'
  | Right

/**
 * What an API token may do of all that its owner may: `read`; `write`, which holds `read`; `predict`: ask models for answers
 * over the protocols of other programs; `admin`: everything, also what only administrators do.
 */
export const TokenScope = z.enum(['read', 'write', 'predict', 'admin']).meta({ id: 'TokenScope' })
export type TokenScope = z.infer<typeof TokenScope>

/** The scope that a token needs for a route; null where scopes do not count: for no token, or for nobody in particular. */
export function scopeOf({ access, method, tag }: Pick<Route, 'access' | 'method' | 'tag'>): TokenScope | null {
  if (access === 'none' || access === 'session' || isForPrograms(access)) return null
  if (access === 'administrator') return 'admin'
  if (tag === 'inference') return 'predict'
  return method === 'GET' ? 'read' : 'write'
}

export function holdsScope(held: readonly TokenScope[], needed: TokenScope): boolean {
  return held.includes(needed) || held.includes('admin') || (needed === 'read' && held.includes('write'))
}

/** Programs may call it, no person: by a token for work, or by a signature. */
export const isForPrograms = (access: RouteAccess): boolean => access === 'worker' || access === 'signed'

export function isRight(access: RouteAccess): access is Right {
  return (RIGHTS as readonly string[]).includes(access)
}

/** Whether a role on the thing that the route's path names lets its holder call the route. */
export function mayCall(role: Access, route: Pick<Route, 'access' | 'path'>): boolean {
  if (!isRight(route.access)) return false
  return route.path.includes(':imageId') ? holdsRightOnImage(role, route.access) : holdsRight(role, route.access)
}

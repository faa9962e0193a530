import { AppError, holdsScope, type Route, scopeOf, type TokenScope } from '@vesalius/contracts'
import type { SignedIn } from './route-call.ts'

/** Throws FORBIDDEN for a token that may do less than the route asks for. A person at a browser has no such bounds. */
export function refuseBeyondScope(user: SignedIn, needed: Route | TokenScope): void {
  const scope = typeof needed === 'string' ? needed : scopeOf(needed)
  if (!user.scopes || scope === null || holdsScope(user.scopes, scope)) return
  throw new AppError('FORBIDDEN', `This token lacks the scope "${scope}".`)
}

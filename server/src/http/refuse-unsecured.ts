import { AppError } from '@vesalius/contracts'
import type { SignedIn } from './route-call.ts'

/** Throws SECOND_FACTOR_REQUIRED for whoever has to set one up before anything else, by session and by token. */
export function refuseUnsecured(user: SignedIn): void {
  if (!user.isUnsecured) return
  throw new AppError(
    'SECOND_FACTOR_REQUIRED',
    'Set up a second factor first, on the account page: an app or a passkey.',
  )
}

import type { PasskeyAnswer, PasskeyCreation, PasskeyCreationOptions, PasskeyRequestOptions } from '@vesalius/contracts'
import { ApiProblem } from '../../api/problem.ts'

/** Whether this browser has passkeys at all; at an address without https it hides them. */
export const hasPasskeys = (): boolean => typeof window.PublicKeyCredential === 'function'

/** Has the device make a passkey. Throws PASSKEY_KNOWN, PASSKEY_UNUSED. */
export async function createPasskey(optionsJSON: PasskeyCreationOptions): Promise<PasskeyCreation> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  return (await startRegistration({ optionsJSON }).catch(tell)) as PasskeyCreation
}

/** Asks for a passkey in a dialog of the browser. Throws PASSKEY_UNUSED. */
export async function answerByPasskey(optionsJSON: PasskeyRequestOptions): Promise<PasskeyAnswer> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return (await startAuthentication({ optionsJSON }).catch(tell)) as PasskeyAnswer
}

/** Waits for a passkey that is chosen among the names the browser offers in a field; null where it offers none or one was not used. */
export async function awaitPasskey(ask: () => Promise<PasskeyRequestOptions>): Promise<PasskeyAnswer | null> {
  const { browserSupportsWebAuthnAutofill, startAuthentication } = await import('@simplewebauthn/browser')
  if (!(await browserSupportsWebAuthnAutofill())) return null
  const optionsJSON = await ask()
  try {
    return (await startAuthentication({ optionsJSON, useBrowserAutofill: true })) as PasskeyAnswer
  } catch {
    return null
  }
}

/** Stops waiting. */
export async function forgetPasskey(): Promise<void> {
  const { WebAuthnAbortService } = await import('@simplewebauthn/browser')
  WebAuthnAbortService.cancelCeremony()
}

/** Browsers do not tell sites apart who has no passkey and who changed their mind. */
function tell(error: unknown): never {
  const isKnown = error instanceof Error && error.name === 'InvalidStateError'
  throw new ApiProblem(isKnown ? 'PASSKEY_KNOWN' : 'PASSKEY_UNUSED', 0)
}

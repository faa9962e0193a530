import { z } from 'zod'
import { PasskeyId } from './ids.ts'
import { Timestamp } from './time.ts'

export const PasskeyName = z.string().trim().min(1).max(80)

export const Passkey = z
  .object({
    id: PasskeyId,
    name: z.string(),
    /** The person's devices share it, so it outlives one of them. */
    isSynced: z.boolean(),
    createdAt: Timestamp,
    lastUsedAt: Timestamp.nullable(),
  })
  .meta({ id: 'Passkey' })
export type Passkey = z.infer<typeof Passkey>

const base64url = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[A-Za-z0-9_-]+$/)
const transports = z.array(z.string().max(40)).max(10)
const publicKeyCredential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  /** Nothing of it is used. */
  clientExtensionResults: z.object({}).optional(),
}

/** What a browser makes of a new passkey: `RegistrationResponseJSON` of Web Authentication. */
export const PasskeyCreation = z
  .strictObject({
    ...publicKeyCredential,
    response: z.strictObject({
      clientDataJSON: base64url(10_000),
      attestationObject: base64url(100_000),
      transports: transports.optional(),
      /** Told a second time; the attestation object counts. */
      authenticatorData: base64url(100_000).optional(),
      publicKey: base64url(10_000).optional(),
      publicKeyAlgorithm: z.int().optional(),
    }),
  })
  .meta({ id: 'PasskeyCreation' })
export type PasskeyCreation = z.infer<typeof PasskeyCreation>

/** What a browser answers for a passkey that is there: `AuthenticationResponseJSON` of Web Authentication. */
export const PasskeyAnswer = z
  .strictObject({
    ...publicKeyCredential,
    response: z.strictObject({
      clientDataJSON: base64url(10_000),
      authenticatorData: base64url(10_000),
      signature: base64url(2000),
      userHandle: base64url(100).optional(),
    }),
  })
  .meta({ id: 'PasskeyAnswer' })
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>

const descriptors = z.array(
  z.object({ id: z.string(), type: z.literal('public-key'), transports: transports.optional() }),
)

/** `PublicKeyCredentialCreationOptionsJSON`, as far as we use it. */
export const PasskeyCreationOptions = z
  .object({
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge: z.string(),
    pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.int() })),
    timeout: z.int(),
    excludeCredentials: descriptors,
    authenticatorSelection: z.object({
      residentKey: z.literal('required'),
      requireResidentKey: z.literal(true),
      userVerification: z.literal('required'),
    }),
    attestation: z.literal('none'),
  })
  .meta({ id: 'PasskeyCreationOptions' })
export type PasskeyCreationOptions = z.infer<typeof PasskeyCreationOptions>

/** `PublicKeyCredentialRequestOptionsJSON`, as far as we use it. */
export const PasskeyRequestOptions = z
  .object({
    challenge: z.string(),
    timeout: z.int(),
    rpId: z.string(),
    allowCredentials: descriptors,
    userVerification: z.literal('required'),
  })
  .meta({ id: 'PasskeyRequestOptions' })
export type PasskeyRequestOptions = z.infer<typeof PasskeyRequestOptions>

/**
 * That whoever asks is the person whose session it is: their password or one of their passkeys. Of an account that has
 * neither, a sign-in within the last minutes.
 */
export const proofFields = {
  password: z.string().min(1).max(128).optional(),
  passkey: PasskeyAnswer.optional(),
}
export const Proof = z.strictObject(proofFields).meta({ id: 'Proof' })
export type Proof = z.infer<typeof Proof>

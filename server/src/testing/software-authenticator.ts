import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { PasskeyAnswer, PasskeyCreation, PasskeyCreationOptions, PasskeyRequestOptions } from '@vesalius/contracts'

const PRESENT = 0x01
const VERIFIED = 0x04
const BACKUP_ELIGIBLE = 0x08
const BACKED_UP = 0x10
const HAS_CREDENTIAL = 0x40

/** What a page at this origin would say, and what the authenticator in it does otherwise than usual. */
interface Circumstances {
  origin: string
  isVerified?: boolean
  /** Counts from here instead of going on. */
  counter?: number
  challenge?: string
}

/** One passkey as a browser and an authenticator keep it: ES256, discoverable, without attestation (W3C Web Authentication). */
export class SoftwareAuthenticator {
  readonly credentialId = randomBytes(32)
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  #userHandle = 'bm9ib2R5'
  #counter = 0

  create(options: PasskeyCreationOptions, circumstances: Circumstances): PasskeyCreation {
    this.#userHandle = options.user.id
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const key = map([
      [int(1), int(2)],
      [int(3), int(-7)],
      [int(-1), int(1)],
      [int(-2), bytes(Buffer.from(x, 'base64url'))],
      [int(-3), bytes(Buffer.from(y, 'base64url'))],
    ])
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.credentialId.length)
    const credential = Buffer.concat([Buffer.alloc(16), length, this.credentialId, key])
    const data = Buffer.concat([this.#header(options.rp.id, HAS_CREDENTIAL, circumstances), credential])
    const attestation = map([
      [text('fmt'), text('none')],
      [text('attStmt'), map([])],
      [text('authData'), bytes(data)],
    ])
    return {
      ...this.#credential(),
      response: {
        clientDataJSON: clientData('webauthn.create', options.challenge, circumstances),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      },
    }
  }

  answer(options: PasskeyRequestOptions, circumstances: Circumstances): PasskeyAnswer {
    const authenticatorData = this.#header(options.rpId, 0, circumstances)
    const clientDataJSON = clientData('webauthn.get', options.challenge, circumstances)
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest()
    return {
      ...this.#credential(),
      response: {
        clientDataJSON,
        authenticatorData: authenticatorData.toString('base64url'),
        signature: sign('sha256', Buffer.concat([authenticatorData, hash]), this.#keys.privateKey).toString(
          'base64url',
        ),
        userHandle: this.#userHandle,
      },
    }
  }

  #credential() {
    const id = this.credentialId.toString('base64url')
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} }
  }

  #header(rpId: string, flags: number, { isVerified = true, counter }: Circumstances): Buffer {
    this.#counter = counter ?? this.#counter + 1
    const all = flags | PRESENT | BACKUP_ELIGIBLE | BACKED_UP | (isVerified ? VERIFIED : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(this.#counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([all]), count])
  }
}

function clientData(type: string, challenge: string, { origin, challenge: other }: Circumstances): string {
  const told = { type, challenge: other ?? challenge, origin, crossOrigin: false }
  return Buffer.from(JSON.stringify(told)).toString('base64url')
}

/** CBOR (RFC 8949), as far as an attestation needs it. */
function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 256) return Buffer.from([(major << 5) | 24, value])
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff])
}
const int = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value))
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value])
const text = (value: string) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
const map = (entries: [Buffer, Buffer][]) => Buffer.concat([head(5, entries.length), ...entries.flat()])

import { createHmac, randomBytes } from 'node:crypto'

const STEP_SECONDS = 30
const DIGITS = 6
/** RFC 4648 §6. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 160 random bits, as RFC 4226 §4 asks for, in Base32. */
export function newTotpSecret(): string {
  return toBase32(randomBytes(20))
}

/**
 * The time step whose code this is, looking one step (30 s) back and ahead; null for a wrong code, and for steps up to
 * `lastStep`, so that a code that somebody saw works no second time. RFC 6238 with SHA-1 and six digits, as authenticator
 * apps expect.
 */
export function matchTotp(secret: string, code: string, { lastStep, now }: { lastStep: number; now: number }) {
  const current = Math.floor(now / 1000 / STEP_SECONDS)
  for (const step of [current, current - 1, current + 1]) {
    if (step > lastStep && totpCode(secret, step) === code) return step
  }
  return null
}

/** RFC 4226 §5.3. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = (digest[digest.length - 1] ?? 0) & 0x0f
  const number = digest.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** What an authenticator app reads from a QR code. */
export function totpUri(secret: string, account: string): string {
  const label = `${encodeURIComponent('Vesalius')}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${secret}&issuer=Vesalius&digits=${DIGITS}&period=${STEP_SECONDS}`
}

function toBase32(bytes: Uint8Array): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('')
}

function fromBase32(text: string): Buffer {
  let bits = ''
  for (const letter of text) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

const KEPT_BYTES = 16

/**
 * A function that gives every UID a new one: the same for the same UID and secret, so references stay whole across
 * files, and not reversible without the secret. Source: DICOM PS3.5 section B.2 (UIDs of the form 2.25.<number>).
 */
export function createUidReplacer(secret: string): (uid: string) => Promise<string> {
  const encoder = new TextEncoder()
  const key = crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return async (uid) => {
    const digest = new Uint8Array(await crypto.subtle.sign('HMAC', await key, encoder.encode(uid)))
    const number = digest.subarray(0, KEPT_BYTES).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
    return `2.25.${number}`
  }
}

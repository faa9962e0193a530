import { randomBytes } from 'node:crypto'

/** A new identifier: UUID version 7 (RFC 9562 §5.7). Those of one process sort in the order in which they were made. */
export const newId = idMaker()

/** The 12 bits after the time are a counter within the millisecond (RFC 9562 §6.2, method 1), begun at random. */
function idMaker(): <Id extends string>() => Id {
  let millisecond = 0
  let counter = 0
  return <Id extends string>() => {
    const bytes = randomBytes(16)
    const now = Date.now()
    if (now > millisecond) {
      millisecond = now
      counter = bytes.readUInt16BE(6) & 0x7ff
    } else {
      counter += 1
      if (counter > 0xfff) {
        millisecond += 1
        counter = 0
      }
    }
    bytes.writeUIntBE(millisecond, 0, 6)
    bytes.writeUInt16BE(0x7000 | counter, 6)
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
    const hex = bytes.toString('hex')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-') as Id
  }
}

/** Sorts before every id made at that time or later, and after those made before. */
export function earliestIdAt(moment: Date): string {
  const hex = Math.max(0, moment.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

import { writeZip } from '@vesalius/formats'

/** A zip archive of files. */
export async function zipOf(files: { path: string; bytes: Uint8Array }[]): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  for await (const part of writeZip(files)) parts.push(part)
  return Uint8Array.from(Buffer.concat(parts))
}

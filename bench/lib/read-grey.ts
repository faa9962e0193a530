import sharp from 'sharp'

/** A mask of any file: `[row × column]` in 16 bits, the first channel where there are several. */
export async function readGrey(file: string) {
  const picture = sharp(file).toColourspace(file.endsWith('.png') ? 'grey16' : 'b-w')
  const { data, info } = await picture.raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true })
  const samples = new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
  const pixels = Uint16Array.from({ length: info.width * info.height }, (_, at) => samples[at * info.channels] ?? 0)
  return { pixels, width: info.width, height: info.height }
}

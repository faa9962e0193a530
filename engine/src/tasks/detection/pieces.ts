import type { PictureSet } from './batches.ts'
import { seenScale, seenSize } from './find-boxes.ts'
import { clipBox, type Mark, scaleBox } from './mark.ts'
import type { PieceStore } from './piece-store.ts'
import type { MarkedPicture } from './read-items.ts'
import { cutTile, planTiles } from './tiles.ts'

/** Pictures are learnt from in pieces of at most this many pixels a side. */
const PIECE = 1024
const PIECE_OVERLAP = 256

/** A picture or a part of one, with its marks, in pixels as the network sees them. */
export interface Piece {
  width: number
  height: number
  marks: Mark[]
}

/** Cuts a decoded picture into pieces and adds them to the store, in order. */
export function storePieces(
  store: PieceStore,
  pixels: Uint8Array,
  picture: MarkedPicture,
  { scale, channels }: { scale: number; channels: 1 | 3 },
): Piece[] {
  const { width, height } = seenSize(picture, scale)
  const seen = seenScale(picture, scale)
  const tiles = planTiles(width, height, PIECE, PIECE_OVERLAP)
  return tiles.map((tile) => {
    store.add(tiles.length === 1 ? pixels : cutTile(pixels, width, channels, tile))
    const marks = picture.marks.flatMap(({ box, class: place }) => {
      const scaled = scaleBox(box, seen)
      const clipped = clipBox(
        [scaled[0] - tile.left, scaled[1] - tile.top, scaled[2], scaled[3]],
        tile.width,
        tile.height,
      )
      return clipped ? [{ box: clipped, class: place }] : []
    })
    return { width: tile.width, height: tile.height, marks }
  })
}

/** The pieces of a store, in its order, as batches are drawn from them. */
export function pictureSet(
  store: PieceStore,
  pieces: readonly Piece[],
  rest: Pick<PictureSet, 'channels' | 'classCount' | 'normalisation'>,
): PictureSet {
  const pieceAt = (position: number) => {
    const piece = pieces[position]
    if (!piece) throw new RangeError(`there is no picture ${position}`)
    return piece
  }
  return {
    ...rest,
    count: pieces.length,
    marksAt: (position) => pieceAt(position).marks,
    read: (position) => ({ ...pieceAt(position), pixels: store.read(position) }),
  }
}

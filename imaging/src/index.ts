export { BmpError } from './bmp/bmp-header.ts'
export { type BmpPicture, decodeBmp } from './bmp/decode-bmp.ts'
export { CELL_KINDS, type CellKind, type CellPhantom, drawCellPhantom } from './phantom/cells.ts'

import type { Calibration } from '@vesalius/contracts'

export type { Calibration, DisplayWindow, LookupTable, PixelSpacing } from '@vesalius/contracts'

export const NO_CALIBRATION: Calibration = {
  spacing: null,
  pixelAspect: null,
  rescale: null,
  modalityTable: null,
  windows: [],
  displayTables: [],
  padding: null,
}

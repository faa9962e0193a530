/** A lookup table: `values[clamp(sample - firstInput)]`, entries of `bits` bits. */
export interface LookupTable {
  firstInput: number
  bits: number
  values: number[]
}

/** One way of showing grey values, as the source states it. */
export interface DisplayWindow {
  center: number
  width: number
  shape: 'linear' | 'linear-exact' | 'sigmoid'
}

/**
 * Distance between neighbouring pixels in millimetres, and what the source says it was measured at: `object` (DICOM
 * Pixel Spacing), `detector` (Imager Pixel Spacing: objects look magnified), `film` (Nominal Scanned Pixel Spacing).
 * The resolution of an ordinary picture file speaks of print, so it is never taken for millimetres.
 */
export interface PixelSpacing {
  rowMm: number
  columnMm: number
  plane: 'object' | 'detector' | 'film'
}

/** What turns stored samples into meaning and display; a fact the source does not state is null or empty. */
export interface Calibration {
  spacing: PixelSpacing | null
  /** Height of a pixel to its width, where no spacing is known. */
  pixelAspect: number | null
  /** output = slope × sample + intercept; `unit` as the source names it (HU, OD, US for unspecified, …). */
  rescale: { slope: number; intercept: number; unit: string | null } | null
  modalityTable: LookupTable | null
  windows: DisplayWindow[]
  displayTables: LookupTable[]
  /** Samples from `low` to `high` mean "no measurement". */
  padding: { low: number; high: number } | null
}

export const NO_CALIBRATION: Calibration = {
  spacing: null,
  pixelAspect: null,
  rescale: null,
  modalityTable: null,
  windows: [],
  displayTables: [],
  padding: null,
}

/** A point or direction in millimetres: towards the patient's left, back and head (DICOM's LPS). */
export type Vector = readonly [number, number, number]

/** Where a frame lies, as its file states it. Source: DICOM PS3.3 C.7.6.2. */
export interface FramePlace {
  /** Centre of the first pixel. */
  position: Vector
  /** Along a row (to the right), and down a column. */
  row: Vector
  column: Vector
}

/** What a picture's own file says about its place in the world and its identity; nothing is guessed. */
export interface PictureGeometry {
  /** Distance between pixel centres in millimetres, in the object: down a column, along a row. */
  spacingMm: { row: number; column: number } | null
  /** One for each frame, or null where any frame lacks it. */
  places: readonly FramePlace[] | null
  dicom: DicomIdentity | null
}

export interface DicomIdentity {
  sopClassUid: string
  sopInstanceUid: string
  studyInstanceUid: string
  seriesInstanceUid: string
  frameOfReferenceUid: string | null
  /** Attributes of patient and study that objects made from the picture repeat: tag as hexadecimal, text as stored. */
  shared: readonly (readonly [tag: string, vr: string, value: string])[]
}

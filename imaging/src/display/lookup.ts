import type { LookupTable } from '../frames/calibration.ts'

/** The entry for an input; inputs before the first or after the last take that one. Source: DICOM PS3.3 C.11.1.1. */
export function readLookup({ firstInput, values }: LookupTable, input: number): number {
  const at = Math.min(values.length - 1, Math.max(0, Math.floor(input - firstInput)))
  return values[at] ?? 0
}

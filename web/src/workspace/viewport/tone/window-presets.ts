import type { Calibration, DisplayWindow } from '@vesalius/contracts'

/** Windows radiologists use for computed tomography, in Hounsfield units: centre and width. */
const TOMOGRAPHY = {
  softTissue: [40, 400],
  lung: [-600, 1500],
  bone: [480, 2500],
  brain: [40, 80],
  mediastinum: [50, 350],
  liver: [80, 150],
} as const

export type PresetName = keyof typeof TOMOGRAPHY

/** The windows that make sense for values of this meaning: only Hounsfield units have agreed ones. */
export function presetsFor(calibration: Calibration | undefined): { name: PresetName; window: DisplayWindow }[] {
  if (calibration?.rescale?.unit !== 'HU') return []
  return Object.entries(TOMOGRAPHY).map(([name, [center, width]]) => ({
    name: name as PresetName,
    window: { center, width, shape: 'linear' },
  }))
}

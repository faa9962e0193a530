/** How an image is shown, never how it is stored. Brightness and contrast are factors, 1 leaves as it is. */
export interface Adjustment {
  brightness: number
  contrast: number
  inverted: boolean
}
export const NO_ADJUSTMENT: Adjustment = { brightness: 1, contrast: 1, inverted: false }

export const filterOf = ({ brightness, contrast, inverted }: Adjustment) =>
  `invert(${inverted ? 1 : 0}) brightness(${brightness}) contrast(${contrast})`

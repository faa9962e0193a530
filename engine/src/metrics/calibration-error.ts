/**
 * Expected calibration error: the gap between confidence and accuracy, averaged over bins of equal width on (0,1],
 * weighted by the images in each bin; confidence is the probability of the answer given.
 * `confidences`: [image], 0..1; `isCorrect`: [image]. Returns 0..1, or null for no image.
 * Throws RangeError when the lengths differ. Source: Guo et al., On Calibration of Modern Neural Networks, 2017, eq. 3.
 */
export function expectedCalibrationError(
  confidences: readonly number[],
  isCorrect: readonly boolean[],
  binCount = 15,
): number | null {
  if (confidences.length !== isCorrect.length) {
    throw new RangeError(`${confidences.length} confidences for ${isCorrect.length} answers`)
  }
  if (confidences.length === 0) return null
  const gaps = new Float64Array(binCount)
  confidences.forEach((confidence, index) => {
    const bin = Math.min(binCount - 1, Math.max(0, Math.ceil(confidence * binCount) - 1))
    gaps[bin] = (gaps[bin] ?? 0) + (isCorrect[index] ? 1 : 0) - confidence
  })
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / confidences.length
}

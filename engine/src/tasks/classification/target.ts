/** Writes one-hot rows: [row][class] float32, 1 at the row's class. `values`: [row], class indices. */
export function encodeTargets(target: Float32Array, values: readonly number[], classCount: number): void {
  target.fill(0)
  values.forEach((value, row) => {
    target[row * classCount + value] = 1
  })
}

/** The smallest box around an instance; ends are exclusive. */
export interface InstanceBox {
  left: number
  top: number
  right: number
  bottom: number
  area: number
}

/** The box of each instance of [height, width]; 0 is background. */
export function boxesOf(instances: Int32Array, width: number): Map<number, InstanceBox> {
  const boxes = new Map<number, InstanceBox>()
  instances.forEach((instance, at) => {
    if (instance === 0) return
    const column = at % width
    const row = (at - column) / width
    const box = boxes.get(instance)
    if (!box) {
      boxes.set(instance, { left: column, top: row, right: column + 1, bottom: row + 1, area: 1 })
      return
    }
    box.left = Math.min(box.left, column)
    box.right = Math.max(box.right, column + 1)
    box.bottom = row + 1
    box.area += 1
  })
  return boxes
}

/** Median diameter of discs as large as the instances; null when there are none. */
export function medianDiameter(areas: readonly number[]): number | null {
  const median = areas.toSorted((a, b) => a - b)[Math.floor(areas.length / 2)]
  return median === undefined ? null : Math.sqrt((4 * median) / Math.PI)
}

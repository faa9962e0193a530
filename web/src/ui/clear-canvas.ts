/**
 * Leaves nothing on a canvas and its transform as it is at first. Chromium may keep showing the last picture where clearing
 * the whole canvas is all that is done to it; clearing a part again makes it show the empty one.
 */
export function clearCanvas(context: CanvasRenderingContext2D): void {
  const { width, height } = context.canvas
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, width, height)
  context.clearRect(0, 0, 1, 1)
}

import type { MarkTool } from '../tools.ts'
import { askTool } from './ask.ts'
import { boxTool } from './boxes.ts'
import { brushTool } from './brush.ts'
import { fillTool } from './fill.ts'
import { measureTool } from './measure-tool.ts'
import { outlineTool } from './outline.ts'
import { patchTool } from './patches.ts'
import { scissorsTool } from './scissors.ts'
import { selectTool } from './select.ts'
import { splitTool } from './split.ts'
import { thresholdTool } from './threshold-tool.ts'
import type { Tool } from './tool.ts'
import { vertexTool } from './vertex.ts'
import { wandTool } from './wand.ts'

/** What each tool does; moving the image is not done to marks. */
export const TOOLS: Readonly<Record<Exclude<MarkTool, 'hand'>, Tool>> = {
  box: boxTool,
  brush: brushTool('add'),
  eraser: brushTool('erase'),
  polygon: outlineTool(false),
  curve: outlineTool(true),
  scissors: scissorsTool,
  vertices: vertexTool,
  grow: wandTool,
  threshold: thresholdTool,
  superpixels: patchTool,
  fill: fillTool,
  split: splitTool,
  ask: askTool,
  measure: measureTool,
  select: selectTool,
}

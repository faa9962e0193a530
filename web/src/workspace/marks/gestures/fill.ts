import { fillEnclosed } from '../fill-enclosed.ts'
import { lay, type Tool } from './tool.ts'

/** Fills what masks shut off around a place; what is filled belongs to the selected one. */
export const fillTool: Tool = {
  press(_, { at, isOther }, ground) {
    const masks = ground.shown.flatMap(({ shape }) => (shape.kind === 'mask' ? [shape.region] : []))
    return lay(fillEnclosed(masks, at, ground.size), null, ground, { isOther, isMore: true })
  },
}

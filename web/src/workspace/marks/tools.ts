import { type Project, taskTypeOf } from '@vesalius/contracts'

export type MarkTool =
  | 'box'
  | 'brush'
  | 'eraser'
  | 'polygon'
  | 'curve'
  | 'scissors'
  | 'vertices'
  | 'grow'
  | 'threshold'
  | 'superpixels'
  | 'fill'
  | 'split'
  | 'ask'
  | 'measure'
  | 'select'
  | 'hand'

const BOX_TOOLS: readonly MarkTool[] = ['box', 'ask', 'select', 'measure', 'hand']
const MASK_TOOLS: readonly MarkTool[] = [
  ...(['brush', 'eraser', 'polygon', 'curve', 'scissors', 'vertices'] as const),
  ...(['grow', 'threshold', 'superpixels', 'fill', 'split', 'ask', 'select', 'measure', 'hand'] as const),
]
const PLAIN_TOOLS: readonly MarkTool[] = ['hand', 'measure']
const CELL = 3004

/** What marks an image of this project has; null where it has none. */
export function markKindOf(project: Project): { kind: 'box' | 'mask'; hasInstances: boolean } | null {
  const { family } = taskTypeOf(project.taskType)
  if (family === 'detection') return { kind: 'box', hasInstances: true }
  return family === 'segmentation' ? { kind: 'mask', hasInstances: project.taskType === CELL } : null
}

/** Those that make sense: masks of classes are not split, as each class has one. */
export function toolsFor(project: Project): readonly MarkTool[] {
  const marks = markKindOf(project)
  if (!marks) return PLAIN_TOOLS
  if (marks.kind === 'box') return BOX_TOOLS
  return marks.hasInstances ? MASK_TOOLS : MASK_TOOLS.filter((tool) => tool !== 'split')
}

/** Told apart by people who see few colours, and bright on a dark stage. */
const PALETTE = [
  '#4fc3f7',
  '#ffb74d',
  '#81c784',
  '#f06292',
  '#ba68c8',
  '#fff176',
  '#4db6ac',
  '#e57373',
  '#9fa8da',
  '#d7a98c',
] as const

/** `chosen`: by place, where the project chose colours of its own. */
export function colourOf(index: number, chosen: readonly (string | null)[] = []): string {
  const own = chosen[index]
  if (own) return own
  return PALETTE[index % PALETTE.length] ?? PALETTE[0]
}

/** Neighbouring cells of one class are told apart by colour too. */
export function colourOfMark(
  mark: { id: string; class: number },
  hasInstances: boolean,
  chosen?: readonly (string | null)[],
): string {
  if (!hasInstances) return colourOf(mark.class, chosen)
  let hash = 0
  for (const letter of mark.id) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0
  return colourOf(hash)
}

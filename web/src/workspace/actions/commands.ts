/** Where a command means something: `plain` where images have no marks. */
export type Scope = 'all' | 'plain' | 'marks' | 'boxes' | 'masks' | 'instances'
export type CommandGroup = 'flow' | 'tools' | 'drawing' | 'marks' | 'guesses' | 'view'

interface Command {
  group: CommandGroup
  scope: Scope
  /** As `chordOf` writes them; a person may choose others. */
  keys: readonly string[]
}

/** Everything that can be done by a key on the annotate screen, in the order the list of shortcuts has. */
export const COMMANDS = {
  accept: { group: 'flow', scope: 'all', keys: ['Enter'] },
  previous: { group: 'flow', scope: 'all', keys: ['ArrowLeft'] },
  next: { group: 'flow', scope: 'all', keys: ['ArrowRight'] },
  skipWhy: { group: 'flow', scope: 'all', keys: ['Shift+s'] },
  skip: { group: 'flow', scope: 'all', keys: ['s'] },
  undo: { group: 'flow', scope: 'all', keys: ['Ctrl+z'] },
  redo: { group: 'flow', scope: 'all', keys: ['Ctrl+Shift+z', 'Ctrl+y'] },
  help: { group: 'flow', scope: 'all', keys: ['?'] },
  toolBox: { group: 'tools', scope: 'boxes', keys: ['b'] },
  toolBrush: { group: 'tools', scope: 'masks', keys: ['b'] },
  toolEraser: { group: 'tools', scope: 'masks', keys: ['e'] },
  toolPolygon: { group: 'tools', scope: 'masks', keys: ['p'] },
  toolCurve: { group: 'tools', scope: 'masks', keys: ['u'] },
  toolScissors: { group: 'tools', scope: 'masks', keys: ['l'] },
  toolVertices: { group: 'tools', scope: 'masks', keys: ['t'] },
  toolGrow: { group: 'tools', scope: 'masks', keys: ['g'] },
  toolThreshold: { group: 'tools', scope: 'masks', keys: ['k'] },
  toolSuperpixels: { group: 'tools', scope: 'masks', keys: ['y'] },
  toolFill: { group: 'tools', scope: 'masks', keys: ['j'] },
  toolSplit: { group: 'tools', scope: 'instances', keys: ['x'] },
  toolAsk: { group: 'tools', scope: 'marks', keys: ['q'] },
  toolSelect: { group: 'tools', scope: 'marks', keys: ['v'] },
  toolMeasure: { group: 'tools', scope: 'all', keys: ['z'] },
  toolHand: { group: 'tools', scope: 'all', keys: ['h'] },
  crosshair: { group: 'drawing', scope: 'all', keys: ['c'] },
  smaller: { group: 'drawing', scope: 'masks', keys: ['['] },
  larger: { group: 'drawing', scope: 'masks', keys: [']'] },
  cancel: { group: 'drawing', scope: 'all', keys: ['Escape'] },
  remove: { group: 'marks', scope: 'marks', keys: ['Delete', 'Backspace'] },
  cycle: { group: 'marks', scope: 'marks', keys: ['n'] },
  cycleBack: { group: 'marks', scope: 'marks', keys: ['Shift+n'] },
  selectAll: { group: 'marks', scope: 'marks', keys: ['Ctrl+a'] },
  copy: { group: 'marks', scope: 'marks', keys: ['Ctrl+c'] },
  paste: { group: 'marks', scope: 'marks', keys: ['Ctrl+v'] },
  lock: { group: 'marks', scope: 'marks', keys: ['Shift+l'] },
  hide: { group: 'marks', scope: 'marks', keys: ['Shift+h'] },
  hideAll: { group: 'marks', scope: 'marks', keys: ['Shift+v'] },
  place: { group: 'marks', scope: 'boxes', keys: ['d'] },
  nudgeLeft: { group: 'marks', scope: 'marks', keys: ['Shift+ArrowLeft'] },
  nudgeRight: { group: 'marks', scope: 'marks', keys: ['Shift+ArrowRight'] },
  nudgeUp: { group: 'marks', scope: 'marks', keys: ['Shift+ArrowUp'] },
  nudgeDown: { group: 'marks', scope: 'marks', keys: ['Shift+ArrowDown'] },
  narrower: { group: 'marks', scope: 'boxes', keys: ['Ctrl+Shift+ArrowLeft'] },
  wider: { group: 'marks', scope: 'boxes', keys: ['Ctrl+Shift+ArrowRight'] },
  lower: { group: 'marks', scope: 'boxes', keys: ['Ctrl+Shift+ArrowUp'] },
  higher: { group: 'marks', scope: 'boxes', keys: ['Ctrl+Shift+ArrowDown'] },
  holes: { group: 'marks', scope: 'masks', keys: ['o'] },
  smooth: { group: 'marks', scope: 'masks', keys: [';'] },
  growMask: { group: 'marks', scope: 'masks', keys: ['}'] },
  shrinkMask: { group: 'marks', scope: 'masks', keys: ['{'] },
  fillBetween: { group: 'marks', scope: 'masks', keys: ['Shift+i'] },
  merge: { group: 'marks', scope: 'instances', keys: ['m'] },
  acceptGuess: { group: 'guesses', scope: 'marks', keys: ['a'] },
  askAgain: { group: 'guesses', scope: 'all', keys: ['Shift+q'] },
  compare: { group: 'guesses', scope: 'all', keys: ['Shift+d'] },
  rejectGuesses: { group: 'guesses', scope: 'marks', keys: ['Shift+Delete'] },
  fit: { group: 'view', scope: 'all', keys: ['f'] },
  actual: { group: 'view', scope: 'all', keys: ['Shift+z'] },
  zoomIn: { group: 'view', scope: 'all', keys: ['+', '='] },
  zoomOut: { group: 'view', scope: 'all', keys: ['-'] },
  invert: { group: 'view', scope: 'all', keys: ['i'] },
  autoWindow: { group: 'view', scope: 'all', keys: ['Shift+w'] },
  turnRight: { group: 'view', scope: 'all', keys: ['r'] },
  turnLeft: { group: 'view', scope: 'all', keys: ['Shift+r'] },
  flip: { group: 'view', scope: 'all', keys: ['Shift+f'] },
  upright: { group: 'view', scope: 'all', keys: ['Shift+u'] },
  previousFrame: { group: 'view', scope: 'all', keys: [','] },
  nextFrame: { group: 'view', scope: 'all', keys: ['.'] },
  framesBack: { group: 'view', scope: 'all', keys: ['PageUp'] },
  framesOn: { group: 'view', scope: 'all', keys: ['PageDown'] },
  firstFrame: { group: 'view', scope: 'all', keys: ['Home'] },
  lastFrame: { group: 'view', scope: 'all', keys: ['End'] },
  outline: { group: 'view', scope: 'masks', keys: ['Shift+o'] },
  beside: { group: 'view', scope: 'all', keys: ['Shift+c'] },
} as const satisfies Record<string, Command>

export type CommandName = keyof typeof COMMANDS
export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[]
export const COMMAND_GROUPS: readonly CommandGroup[] = ['flow', 'tools', 'drawing', 'marks', 'guesses', 'view']

/** Keys of every command, a person's own before ours. */
export type Bindings = Readonly<Record<CommandName, readonly string[]>>

export const USUAL_BINDINGS: Bindings = Object.fromEntries(
  COMMAND_NAMES.map((name) => [name, COMMANDS[name].keys]),
) as unknown as Bindings

/** Which scopes hold together on one screen. */
export function scopesOf(marks: { kind: 'box' | 'mask'; hasInstances: boolean } | null): ReadonlySet<Scope> {
  if (!marks) return new Set<Scope>(['all', 'plain'])
  if (marks.kind === 'box') return new Set<Scope>(['all', 'marks', 'boxes'])
  return new Set<Scope>(marks.hasInstances ? ['all', 'marks', 'masks', 'instances'] : ['all', 'marks', 'masks'])
}

import type { Command } from './command.ts'
import { exchangeCommands } from './commands/exchange.ts'
import { imageCommands } from './commands/images.ts'
import { labelCommands } from './commands/labels.ts'
import { modelCommands } from './commands/models.ts'
import { projectCommands } from './commands/projects.ts'
import { runCommands } from './commands/runs.ts'

/** Everything that can be done with a server from a shell. */
export const COMMANDS: readonly Command[] = [
  ...projectCommands,
  ...imageCommands,
  ...labelCommands,
  ...runCommands,
  ...modelCommands,
  ...exchangeCommands,
]

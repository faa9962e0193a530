#!/usr/bin/env node
import { runCommand } from '@vesalius/engine/cli'

/** `npx vesalius <command>`: what can be done without a server. */
process.exitCode = await runCommand(process.argv.slice(2))

/** Development: the server, restarted when its sources change, and the web application with hot reload. */
import { spawn } from 'node:child_process'

const run = (command: string, args: string[]) => spawn(command, args, { stdio: 'inherit', shell: false })
const children = [
  run(process.execPath, ['--watch', 'server/src/main.ts']),
  run(process.execPath, ['node_modules/vite/bin/vite.js', 'web']),
]
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal)
  })
}

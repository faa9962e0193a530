import { spawn } from 'node:child_process'
import type { Command } from './settings.ts'

/** Runs a command to its end; its output goes where ours goes. Throws where it fails. */
export async function runCommand([program, ...args]: Command, folder: string): Promise<void> {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  child.once('error', reject)
  child.once('exit', (code, signal) => {
    if (code === 0) resolve()
    else reject(new Error(`${[program, ...args].join(' ')} ended with ${signal ?? code}`))
  })
  return promise
}

/** What a command prints. Throws where it fails. */
export async function readCommand([program, ...args]: Command): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  child.once('error', reject)
  child.once('close', (code) => (code === 0 ? resolve(printed) : reject(new Error(`${program} ended with ${code}`))))
  return promise
}

/** `npm run bench -- <name> [arguments]`: runs one benchmark by its folder's name; without a name lists them. */
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename } from 'node:path'

const files = globSync('bench/*/**/*.bench.ts')
const [name, ...rest] = process.argv.slice(2)
const file = files.find((candidate) => basename(candidate, '.bench.ts') === name)
if (!file) {
  console.log(`Benchmarks: ${files.map((candidate) => basename(candidate, '.bench.ts')).join(', ')}`)
  process.exit(name ? 1 : 0)
}
spawn(process.execPath, [file, ...rest], { stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1))

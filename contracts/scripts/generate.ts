/** Writes `generated/openapi.json`; with `--check` only says whether it is current. */
import { readFileSync, writeFileSync } from 'node:fs'
import { openApiDocument } from '../src/index.ts'

const target = new URL('../generated/openapi.json', import.meta.url)
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
const current = `${JSON.stringify(openApiDocument(version), null, 2)}\n`

if (!process.argv.includes('--check')) writeFileSync(target, current)
else if (readFileSync(target, 'utf8') !== current) {
  process.stderr.write('contracts/generated/openapi.json is out of date: run `npm run generate`\n')
  process.exit(1)
}

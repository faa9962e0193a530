/** Writes `generated/openapi.json` and `docs/rights.md`; with `--check` only says whether they are current. */
import { readFileSync, writeFileSync } from 'node:fs'
import { openApiDocument, rightsPage } from '../src/index.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
const files = {
  'contracts/generated/openapi.json': `${JSON.stringify(openApiDocument(version), null, 2)}\n`,
  'docs/rights.md': rightsPage(),
}

for (const [path, text] of Object.entries(files)) {
  const target = new URL(`../../${path}`, import.meta.url)
  if (!process.argv.includes('--check')) writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write(`${path} is out of date: run \`npm run generate\`\n`)
    process.exitCode = 1
  }
}

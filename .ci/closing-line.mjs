/** Adds up the reports of the test runs and prints the closing line; no test at all is a failure. */
import { readFileSync } from 'node:fs'

const sum = { passed: 0, failed: 0, skipped: 0 }
for (const file of process.argv.slice(2)) {
  const report = JSON.parse(readFileSync(file, 'utf8'))
  sum.passed += report.numPassedTests
  sum.failed += report.numFailedTests + (report.success ? 0 : Number(report.numFailedTests === 0))
  sum.skipped += report.numPendingTests
}
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`)
process.exit(sum.passed === 0 || sum.failed > 0 ? 1 : 0)

/**
 * Names what failed in the reports of the test runs, and what passed the second time only; adds all up and prints the
 * closing line. No test at all is a failure.
 */
import { readFileSync } from 'node:fs'

const sum = { passed: 0, failed: 0, skipped: 0 }
for (const file of process.argv.slice(2)) {
  const report = JSON.parse(readFileSync(file, 'utf8'))
  sum.passed += report.numPassedTests
  sum.failed += report.numFailedTests + (report.success ? 0 : Number(report.numFailedTests === 0))
  sum.skipped += report.numPendingTests
  for (const { name, status, message, assertionResults } of report.testResults) {
    const path = name.replace(`${process.cwd()}/`, '')
    if (status === 'failed' && message) tell(`failed: ${path}`, message)
    for (const test of assertionResults) {
      const outcome = test.status === 'failed' ? 'failed' : 'passed the second time only'
      if (test.failureMessages?.length > 0) tell(`${outcome}: ${path}: ${test.fullName}`, test.failureMessages[0])
    }
  }
}
process.stdout.write(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`)
process.exit(sum.passed === 0 || sum.failed > 0 ? 1 : 0)

/**
 * @param {string} title
 * @param {string} message
 */
function tell(title, message) {
  process.stdout.write(`${title}\n  ${message.split('\n').slice(0, 8).join('\n  ')}\n`)
}

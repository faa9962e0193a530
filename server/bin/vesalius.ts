#!/usr/bin/env node
/** `npx vesalius <command>`: what can be done without a running server, and with one. */
const [command, ...rest] = process.argv.slice(2)
if (command === 'doctor') {
  const { runDoctor } = await import('../src/features/doctor/doctor-command.ts')
  process.exitCode = await runDoctor(rest)
} else if (command === 'audit') {
  const { runAuditCommand } = await import('../src/features/audit/audit-command.ts')
  process.exitCode = await runAuditCommand(rest, (text) => process.stdout.write(text))
} else if (command === 'migrate') {
  const { runMigrateCommand } = await import('../src/db/migrate-command.ts')
  process.exitCode = await runMigrateCommand((text) => process.stdout.write(text))
} else if (command === 'backup' || command === 'restore') {
  const { runBackupCommand } = await import('../src/features/backup/backup-command.ts')
  process.exitCode = await runBackupCommand(command, rest)
} else if (command === 'storage') {
  const { runStorageCommand } = await import('../src/storage/storage-command.ts')
  process.exitCode = await runStorageCommand(rest)
} else if (command === 'worker') {
  const { runWorkerCommand } = await import('../src/features/remote/worker/worker-command.ts')
  process.exitCode = await runWorkerCommand(rest, (line) => process.stderr.write(`${line}\n`))
} else if (
  ['whoami', 'api', 'projects', 'images', 'labels', 'runs', 'models', 'exports', 'imports', 'completion'].includes(
    command ?? '',
  )
) {
  const { runServerCommand } = await import('../src/cli/run-server-command.ts')
  process.exitCode = await runServerCommand(process.argv.slice(2), {
    environment: process.env,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  })
} else {
  const { runCommand } = await import('@vesalius/engine/cli')
  process.exitCode = await runCommand(process.argv.slice(2))
}

export {}

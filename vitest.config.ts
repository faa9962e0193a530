import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contracts,imaging,formats,engine,server,web,bench,deploy}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    maxWorkers: 2,
    // Files of one worker share what they import; each has its own folders, databases and servers.
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // As long as work of another process takes on a busy machine.
    expect: { poll: { timeout: 60_000, interval: 50 } },
  },
})

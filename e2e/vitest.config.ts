import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['e2e/journeys/*.e2e.ts'],
    globalSetup: ['e2e/lib/prepare.ts'],
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000, interval: 50 } },
  },
})

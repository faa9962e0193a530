import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

describe('settings', () => {
  it('all have defaults that work on a laptop', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 8080, role: 'all', databaseUrl: null })
  })

  it('are all checked before one message tells every problem', () => {
    expect(() => readConfig({ VESALIUS_PORT: 'x', VESALIUS_ROLE: 'boss' })).toThrow(/VESALIUS_PORT[\s\S]*VESALIUS_ROLE/)
  })

  it('name the variables that nobody knows', () => {
    expect(readConfig({ VESALIUS_PROT: '1', PATH: '/bin' }).unknown).toEqual(['VESALIUS_PROT'])
  })

  it('refuse a known or simple secret', () => {
    expect(() => readConfig({ VESALIUS_SECRET: 'a'.repeat(40) })).toThrow(/too simple/)
  })

  it('refuse two roles on the embedded database', () => {
    expect(() => readConfig({ VESALIUS_ROLE: 'worker' })).toThrow(/DATABASE_URL/)
  })
})

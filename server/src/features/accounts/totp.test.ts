import { expect, it } from 'vitest'
import { matchTotp, newTotpSecret, totpCode, totpUri } from './totp.ts'

/** RFC 6238 appendix B: the secret is the text 12345678901234567890. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('computes the codes of RFC 6238 at second %i', (second, code) => {
  expect(totpCode(SECRET, Math.floor(second / 30))).toBe(code)
})

it('takes a code once, one step early or late', () => {
  const now = 1_700_000_000_000
  const step = Math.floor(now / 30_000)
  expect(matchTotp(SECRET, totpCode(SECRET, step - 1), { lastStep: 0, now })).toBe(step - 1)
  expect(matchTotp(SECRET, totpCode(SECRET, step), { lastStep: step, now })).toBeNull()
  expect(matchTotp(SECRET, totpCode(SECRET, step - 2), { lastStep: 0, now })).toBeNull()
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/)
  expect(totpUri(SECRET, 'ann b')).toContain('Vesalius:ann%20b?secret=')
})

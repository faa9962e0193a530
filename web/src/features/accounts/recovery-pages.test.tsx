// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { openPage } from '../../testing/open-page.tsx'

it('a link of a mail that was used already or is too old says so', async () => {
  await openPage('/reset-password#used', {})
  fireEvent.change(await screen.findByLabelText(/New password/, { selector: 'input' }), {
    target: { value: 'a long password' },
  })
  vi.stubGlobal('fetch', async () => {
    const problem = { type: 'about:blank', title: 'Not found', status: 404, code: 'NOT_FOUND', requestId: 'x' }
    return new Response(JSON.stringify(problem), { status: 404 })
  })
  fireEvent.click(screen.getByRole('button', { name: 'Set password' }))
  expect((await screen.findByRole('alert')).textContent).toContain('used already')
})

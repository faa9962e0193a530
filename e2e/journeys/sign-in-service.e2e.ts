import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDirectoryServer, type TestDirectory } from '@vesalius/server/testing/directory-server'
import { type MailServer, openMailServer } from '@vesalius/server/testing/mail-server'
import { type OpenIdServer, openOpenIdServer } from '@vesalius/server/testing/openid-server'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath, takePicture } from '../lib/browser.ts'
import { findBarriers } from '../lib/check-access.ts'
import { openLook, PERSON, register, type Visitor, visit } from '../lib/visitor.ts'

describe.skipIf(!chromiumPath)('signing in through the clinic', () => {
  let visitor: Visitor
  let clinic: OpenIdServer
  let directory: TestDirectory
  let mails: MailServer

  beforeAll(async () => {
    const port = await findFreePort()
    const url = `http://localhost:${port}`
    clinic = await openOpenIdServer(`${url}/api/v1/auth/providers/clinic/callback`)
    clinic.people.set('bea', { email: 'bea@clinic.example', email_verified: true, preferred_username: 'bea' })
    clinic.people.set('ada', { email: PERSON.email, email_verified: true })
    directory = await openDirectoryServer()
    directory.entries.set('cn=reader,dc=clinic', { password: 'looks people up', cn: 'reader' })
    directory.entries.set('uid=carl,dc=clinic', {
      password: 'the password of carl',
      ...{ objectclass: 'person', uid: 'carl', entryuuid: 'uuid-carl', mail: 'carl@clinic.example' },
    })
    mails = await openMailServer({ user: 'vesalius', password: 'mail' })
    visitor = await visit({
      VESALIUS_LDAP_URL: directory.url,
      VESALIUS_LDAP_BIND_DN: 'cn=reader,dc=clinic',
      VESALIUS_LDAP_BIND_SECRET: 'looks people up',
      VESALIUS_LDAP_BASE: 'dc=clinic',
      VESALIUS_SMTP_URL: `smtp://vesalius:mail@127.0.0.1:${mails.port}`,
      VESALIUS_PORT: String(port),
      VESALIUS_PUBLIC_URL: url,
      VESALIUS_SIGN_IN_CLINIC_ISSUER: clinic.issuer,
      VESALIUS_SIGN_IN_CLINIC_CLIENT_ID: 'vesalius',
      VESALIUS_SIGN_IN_CLINIC_CLIENT_SECRET: 'a secret of the client',
      VESALIUS_SIGN_IN_CLINIC_LABEL: 'Clinic',
    })
    visitor.server = { ...visitor.server, url }
    await register(visitor)
  })
  afterAll(async () => {
    await visitor?.leave()
    clinic?.close()
    directory?.close()
    await mails?.close()
  })

  /** From the page of sign-in to where the service's forms end. */
  async function comeThrough(name: string, language: 'en' | 'zh') {
    const context = await openLook(visitor, { language, theme: 'light' }, false)
    const page = await context.newPage()
    await page.goto(`${visitor.server.url}/sign-in`)
    await page.getByRole('button', { name: language === 'en' ? 'Continue with Clinic' : '使用 Clinic 继续' }).click()
    await fillForms(page, name)
    await page.waitForURL(new RegExp(`^${visitor.server.url}`))
    return page
  }

  async function fillForms(page: Page, name: string) {
    await page.waitForURL(new RegExp(`^${clinic.issuer}`))
    await page.locator('input[name=login]').fill(name)
    await page.locator('input[name=password]').fill('any')
    await page.getByRole('button', { name: 'Sign-in' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
  }

  it('somebody new arrives at home, with an account', async () => {
    const page = await comeThrough('bea', 'en')
    await page.getByRole('button', { name: 'Try the samples' }).waitFor()
    await page.goto(`${visitor.server.url}/account`)
    await page.getByText('This account has no password').waitFor()
    await page.getByRole('button', { name: 'Unlink Clinic' }).click()
    await page.getByText('Nothing else would be left').waitFor()
    await takePicture(page, 'account-linked')
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })

  it('an address that is taken enters no account, and says what to do', async () => {
    const page = await comeThrough('ada', 'zh')
    await page.getByText('请先登录该账户，再在账户页面关联').waitFor()
    await takePicture(page, 'sign-in-service-zh')
    expect(await findBarriers(page)).toEqual([])
    await page.context().close()
  })

  it('its owner links it on the account page', async () => {
    const { page } = visitor
    await page.goto(`${visitor.server.url}/account`)
    await page.getByRole('button', { name: 'Link Clinic' }).waitFor()
    await page
      .locator('section', { hasText: 'Other ways to sign in' })
      .getByLabel('Current password')
      .fill(PERSON.password)
    await page.getByRole('button', { name: 'Link Clinic' }).click()
    await fillForms(page, 'ada')
    await page.getByText('Linked since').waitFor()
    expect(visitor.crashes).toEqual([])
  })

  it('somebody of the directory comes in with the password of the directory', async () => {
    const context = await openLook(visitor, { language: 'zh', theme: 'light' }, false)
    const page = await context.newPage()
    await page.goto(`${visitor.server.url}/sign-in`)
    await page.locator('input[autocomplete~=username]').fill('carl')
    await page.locator('input[type=password]').fill('the password of carl')
    await page.locator('button[type=submit]').click()
    await page.getByRole('button', { name: '试用示例' }).waitFor()
    await context.close()
  })

  it('a forgotten password is set anew by the link of a mail', async () => {
    const context = await openLook(visitor, { language: 'en', theme: 'light' }, false)
    const page = await context.newPage()
    await page.goto(`${visitor.server.url}/sign-in`)
    await page.getByRole('link', { name: 'Forgot' }).click()
    await page.waitForURL('**/forgot-password')
    await page.getByLabel('Email', { exact: true }).fill(PERSON.email)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByText('the mail is on its way').waitFor()
    const linkIn = (mail: string | undefined) =>
      /https?:\/\/\S+/.exec(mail?.replaceAll('=\r\n', '').replaceAll('=3D', '=') ?? '')?.[0]
    await expect.poll(() => linkIn(mails.received.at(-1))).toBeTruthy()
    await page.goto(linkIn(mails.received.at(-1)) ?? '')
    await page.locator('input[type=password]').fill('another long password')
    await page.getByRole('button', { name: 'Set password' }).click()
    await page.getByText('Your password is set').waitFor()
    await page.goto(`${visitor.server.url}/sign-in`)
    await page.locator('input[autocomplete~=username]').fill(PERSON.username)
    await page.locator('input[type=password]').fill('another long password')
    await page.locator('button[type=submit]').click()
    await page.getByRole('button', { name: 'Try the samples' }).waitFor()
    await context.close()
  })
})

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
